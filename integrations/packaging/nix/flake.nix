{
  description = "Factory (Droid) plan usage in status bars";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      version = "0.1.0";
      url = "https://github.com/OWNER/droidbar";
      # SHA-256 of the release's tarballs; integrations/packaging/publish fills them in.
      hashes = {
        x86_64-linux = "";
        aarch64-linux = "";
      };
      # The released program, because nixpkgs has no Swift toolchain with the libraries of Embedded Swift.
      package = system:
        let
          pkgs = nixpkgs.legacyPackages.${system};
          lib = nixpkgs.lib;
          architecture = lib.removeSuffix "-linux" system;
        in
        pkgs.stdenv.mkDerivation {
          pname = "droidbar";
          inherit version;
          src = pkgs.fetchurl {
            url = "${url}/releases/download/v${version}/droidbar-${version}-linux-${architecture}.tar.gz";
            sha256 = hashes.${system};
          };
          nativeBuildInputs = [ pkgs.autoPatchelfHook pkgs.makeBinaryWrapper ];
          # Loaded with dlopen, which searches the program's run path: autoPatchelfHook adds these to it.
          runtimeDependencies = [ (lib.getLib pkgs.curl) (lib.getLib pkgs.openssl) ];
          # The program is already stripped.
          dontStrip = true;
          installPhase = ''
            runHook preInstall
            mkdir -p $out
            cp -r bin share $out/
            for unit in $out/share/systemd/user/*.service; do
              substituteInPlace $unit --replace-fail "%h/.local/bin/droidbar" "$out/bin/droidbar"
            done
            runHook postInstall
          '';
          # secret-tool, notify-send and xdg-open are started by name.
          postFixup = ''
            wrapProgram $out/bin/droidbar \
              --suffix PATH : ${lib.makeBinPath [ pkgs.libsecret pkgs.libnotify pkgs.xdg-utils ]}
          '';
          # No licence: the owner has not chosen one yet.
          meta = {
            description = "Factory (Droid) plan usage in status bars";
            homepage = url;
            mainProgram = "droidbar";
            platforms = builtins.attrNames hashes;
          };
        };
    in
    {
      packages = builtins.mapAttrs (system: hash: { default = package system; }) hashes;
    };
}
