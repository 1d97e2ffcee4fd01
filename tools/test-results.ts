import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** A part of `npm test`: the build, the checks, the tests. */
export type Part = { name: string; ok: boolean; seconds: number };
/** A whole run. It is shorter than its parts together, because some of them run side by side. */
export type Run = { parts: readonly Part[]; seconds: number };

/** The part of jest's `--json` that is read here; times in milliseconds since 1970. */
export type Results = {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: {
    name: string;
    startTime: number;
    endTime: number;
    assertionResults: { ancestorTitles: string[]; title: string; status: string }[];
  }[];
};

/** The results that jest wrote; undefined when it wrote none. */
export function resultsIn(file: string): Results | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Results) : undefined;
}

/** The number of proved sentences of the providers' contract: a test of theirs passed, and none failed. */
export function sentencesProved({ testResults }: Results): number {
  const tests = testResults
    .filter(({ name }) => /[\\/]providers[\\/]contract[\\/]/.test(name))
    .flatMap(({ assertionResults }) => assertionResults);
  const numbers = (status: string) =>
    tests
      .filter((test) => test.status === status)
      .flatMap(({ ancestorTitles, title }) => [...ancestorTitles, title])
      .flatMap((name) => /^\d+(?=\. )/.exec(name) ?? []);
  const failed = numbers('failed');
  return new Set(numbers('passed').filter((number) => !failed.includes(number))).size;
}

/**
 * The end of a run: the ten files that took longest, the time of each part, and `N passed, N failed`. A file that could not be
 * loaded counts as a failure, and so does a part that failed where no test did.
 */
export function closingLines({ parts, seconds: total }: Run, results: Results | undefined, root: string): string[] {
  const files = (results?.testResults ?? [])
    .map(({ name, startTime, endTime }) => ({ file: relative(root, name), seconds: (endTime - startTime) / 1000 }))
    .sort((one, other) => other.seconds - one.seconds)
    .slice(0, 10);
  const failedTests = (results?.numFailedTests ?? 0) + (results?.numRuntimeErrorTestSuites ?? 0);
  const failed = failedTests === 0 && parts.some(({ ok }) => !ok) ? 1 : failedTests;
  return [
    ...(files.length > 0 ? ['', 'Longest test files:'] : []),
    ...files.map(({ file, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${file}`),
    '',
    `Total ${total.toFixed(0)} s: ${parts.map(({ name, ok, seconds }) => `${name} ${seconds.toFixed(0)} s${ok ? '' : ' (failed)'}`).join(', ')}`,
    '',
    `${results?.numPassedTests ?? 0} passed, ${failed} failed`,
  ];
}
