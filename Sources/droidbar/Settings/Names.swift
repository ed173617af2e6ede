extension CaseIterable where Self: RawRepresentable, RawValue == String {
  /// As the user writes them.
  static var names: [String] { allCases.map { $0.rawValue } }
}
