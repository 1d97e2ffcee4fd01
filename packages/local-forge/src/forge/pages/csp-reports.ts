export type CspReport = { page: string; directive: string; blocked: string; sample: string; source: string };

/** More than any page should ever need; the oldest are dropped. */
const most = 200;

/** Reports of browsers about pages that broke their policy, the oldest first. */
export function createCspReports() {
  const reports: CspReport[] = [];
  return {
    list: (): readonly CspReport[] => [...reports],
    /** Accepts the body that a browser posts to `report-uri`. Any other body is refused. */
    add(body: string): boolean {
      const report = readReport(body);
      if (!report) return false;
      const text = (name: string) => {
        const value = report[name];
        return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 500) : '';
      };
      reports.push({
        page: text('document-uri'),
        directive: text('effective-directive') || text('violated-directive'),
        blocked: text('blocked-uri'),
        sample: text('script-sample'),
        source: [text('source-file'), text('line-number')].filter(Boolean).join(':'),
      });
      if (reports.length > most) reports.shift();
      return true;
    },
    clear: () => void reports.splice(0),
  };
}

function readReport(body: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null || !('csp-report' in parsed)) return undefined;
    const report = parsed['csp-report'];
    return typeof report === 'object' && report !== null ? (report as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
