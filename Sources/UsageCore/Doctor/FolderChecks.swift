/// The folders that are written to.
struct FolderChecks {
  let places: Places

  var all: [Doctor.Check] {
    [("cache folder", places.cacheDirectory), ("state folder", places.stateDirectory)].map {
      name, path in
      do throws(FileProblem) {
        try Path.makePrivateDirectory(path)
        guard access(path, W_OK) == 0 else { throw FileProblem("write in", path) }
        return Doctor.Check(name, true, path)
      } catch {
        return Doctor.Check(name, false, "\(error.sentence): make it writable")
      }
    }
  }
}
