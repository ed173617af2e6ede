import Testing

@testable import UsageCore

@Suite("FACTORY_API_KEY")
struct APIKeyTests {
  @Test(
    "A .env line may have export, quotes and comments",
    arguments: [
      "FACTORY_API_KEY=fk-1", "export FACTORY_API_KEY=fk-1", "FACTORY_API_KEY=\"fk-1\"",
      "FACTORY_API_KEY='fk-1'",
      "OTHER=2\n  FACTORY_API_KEY = fk-1 # mine\nLAST=3",
      "FACTORY_API_KEY=old\nFACTORY_API_KEY=fk-1\r\n",
    ])
  func found(text: String) {
    #expect(APIKey.dotEnv(text) == "fk-1")
  }

  @Test(
    "Invalid keys are ignored",
    arguments: ["", "FACTORY_API_KEY=", "# FACTORY_API_KEY=fk-1", "FACTORY_API_KEYS=x"])
  func none(text: String) {
    #expect(APIKey.dotEnv(text) == nil)
  }

  @Test("The environment takes precedence over the file")
  func order() throws {
    let folder = try TemporaryFolder()
    try folder.write(".env", "FACTORY_API_KEY=fk-file")
    #expect(APIKey.find(environment: Environment([:]), factoryDirectory: folder.path) == "fk-file")
    let environment = Environment(["FACTORY_API_KEY": "fk-env"])
    #expect(APIKey.find(environment: environment, factoryDirectory: folder.path) == "fk-env")
  }
}
