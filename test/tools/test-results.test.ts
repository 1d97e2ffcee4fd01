import { closingLines, sentencesProved, type Part, type Results } from '../../tools/test-results';

const results = (changes: Partial<Results>): Results => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numRuntimeErrorTestSuites: 0,
  testResults: [],
  ...changes,
});
const part = (name: string, ok = true): Part => ({ name, ok, seconds: 2 });
const all = (tests = true) => [part('build'), part('check'), part('tests', tests)];
const lastLine = (parts: readonly Part[], of?: Results) => closingLines({ parts, seconds: 6 }, of, 'project').at(-1);

describe('The last line of `npm test`', () => {
  it('counts the tests that passed and failed', () => {
    expect(lastLine(all(), results({}))).toBe('3 passed, 0 failed');
    expect(lastLine(all(false), results({ numFailedTests: 2 }))).toBe('3 passed, 2 failed');
  });

  it('counts a file that could not be loaded as a failure', () => {
    expect(lastLine(all(false), results({ numRuntimeErrorTestSuites: 1 }))).toBe('3 passed, 1 failed');
  });

  it('reports a failure when the build or a check failed, and when jest ended without results', () => {
    expect(lastLine([part('build', false)])).toBe('0 passed, 1 failed');
    expect(lastLine([part('build'), part('check', false)])).toBe('0 passed, 1 failed');
    expect(lastLine(all(false))).toBe('0 passed, 1 failed');
    expect(lastLine(all(false), results({}))).toBe('3 passed, 1 failed');
  });
});

describe('The lines before it', () => {
  it('name the ten slowest files, the slowest first, and the time of each part', () => {
    const testResults = Array.from({ length: 12 }, (_, n) => ({
      name: `project/test/${n}.test.ts`,
      startTime: 1000,
      endTime: 1000 + n * 1000,
      assertionResults: [],
    }));
    const lines = closingLines({ parts: all(), seconds: 4 }, results({ testResults }), 'project');
    expect(lines.filter((line) => line.endsWith('.test.ts')).map((line) => line.trim())).toEqual(
      [11, 10, 9, 8, 7, 6, 5, 4, 3, 2].map((n) => `${n}.0 s  test/${n}.test.ts`),
    );
    expect(lines).toContain('Total 4 s: build 2 s, check 2 s, tests 2 s');
  });

  it('name the failed part', () => {
    const parts = [part('build'), part('check', false)];
    expect(closingLines({ parts, seconds: 4 }, undefined, 'project')).toContain(
      'Total 4 s: build 2 s, check 2 s (failed)',
    );
  });
});

describe('The sentences of the contract', () => {
  const of = (file: string, ...tests: [string, string][]) => ({
    ...{ name: file, startTime: 0, endTime: 0 },
    assertionResults: tests.map(([name, status]) => ({
      ancestorTitles: ['At GitHub', name],
      title: 'does so',
      status,
    })),
  });

  it('are proved where a test of theirs passed and none failed', () => {
    const testResults = [
      of(
        'test/providers/contract/a.test.ts',
        ['1. One MUST', 'passed'],
        ['2. Two MUST', 'passed'],
        ['3. Not', 'pending'],
      ),
      of(
        'test/providers/contract/b.test.ts',
        ['1. One MUST', 'passed'],
        ['2. Two MUST', 'failed'],
        ['Beside', 'passed'],
      ),
      of('test/domain/c.test.ts', ['4. Elsewhere', 'passed']),
    ];
    expect(sentencesProved(results({ testResults }))).toBe(1);
  });
});
