/** One report of several; the browser's ids are unique within a peer connection. */
export function mergeStats(reports: readonly RTCStatsReport[]): RTCStatsReport {
  const merged = new Map<string, unknown>();
  for (const report of reports) {
    report.forEach((value: unknown, id) => {
      merged.set(id, value);
    });
  }
  return merged;
}
