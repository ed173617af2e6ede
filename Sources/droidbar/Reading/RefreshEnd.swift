/// How the refresh that a reading asked for stands.
enum RefreshEnd {
  case ended
  case stillRunning
  case notStarted
}
