import { refuse } from './answer.ts';

/** Jira's limits of an app's requests. */
export type JiraRates = {
  /** In an hour of the clock (UTC), of all sites together. */
  points: number;
  /** Requests a second to one endpoint of one site; `GET issue` has a limit of its own. */
  burst: { usual: number; issue: number };
};

// "Rate limiting", Jira Cloud platform: the global pool that an app is in unless Atlassian says otherwise; GET 100 a second, and 150
// for an issue.
export const realRates: JiraRates = { points: 65_000, burst: { usual: 100, issue: 150 } };
/** For tests with compressed time: days of work take minutes. */
export const noRates: JiraRates = {
  points: Number.POSITIVE_INFINITY,
  burst: { usual: Number.POSITIVE_INFINITY, issue: Number.POSITIVE_INFINITY },
};

const secondMs = 1_000;
const hourMs = 3_600_000;

export type JiraLimiter = {
  /** The refusal of a request; undefined when it can pass. */
  ask(site: string, path: string): Response | undefined;
  /** Counts the cost of a request that passed. */
  spend(points: number): void;
  clear(): void;
};

/** Assumption: a refused request costs nothing, and the last one of an hour can cost more than is left. */
export function openJiraLimiter(rates: JiraRates, now: () => Date): JiraLimiter {
  const asked = new Map<string, number[]>();
  let hour = 0;
  let spent = 0;
  const thisHour = (): number => {
    const at = Math.floor(now().getTime() / hourMs);
    if (at !== hour) [hour, spent] = [at, 0];
    return spent;
  };
  return {
    ask(site, path) {
      const at = now().getTime();
      if (thisHour() >= rates.points) {
        const full = (hour + 1) * hourMs;
        return limited('jira-quota-global-based', rates.points, Math.ceil((full - at) / 1000), full);
      }
      // An issue's key is no endpoint of its own.
      const isIssue = /\/issue\/[^/]+$/.test(path);
      const endpoint = `${site} ${isIssue ? path.replace(/[^/]+$/, '') : path}`;
      const recent = (asked.get(endpoint) ?? []).filter((when) => when > at - secondMs);
      const limit = isIssue ? rates.burst.issue : rates.burst.usual;
      if (recent.length >= limit) return limited('jira-burst-based', limit, 1, at + secondMs);
      asked.set(endpoint, [...recent, at]);
      return undefined;
    },
    spend(points) {
      thisHour();
      spent += points;
    },
    clear() {
      asked.clear();
      spent = 0;
    },
  };
}

function limited(reason: string, limit: number, seconds: number, reset: number): Response {
  const response = refuse(429, 'Rate limit exceeded.');
  response.headers.set('retry-after', String(seconds));
  response.headers.set('x-ratelimit-limit', String(limit));
  response.headers.set('x-ratelimit-remaining', '0');
  response.headers.set('x-ratelimit-reset', new Date(reset).toISOString());
  response.headers.set('ratelimit-reason', reason);
  return response;
}
