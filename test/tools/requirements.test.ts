import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { problems, readRequirements, requirementIds, requirementsOf } from '../../tools/requirement-table';
import { isTitle, stateOf, testNames } from '../../tools/test-names';

const root = join(__dirname, '../..');

/** A project of one test file and a list of requirements about it; `row` makes the list's answers. */
function gapsOf(tests: string, answers: readonly string[], ids: readonly string[] = ['REQ-1']): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-requirements-'));
  try {
    writeFileSync(join(folder, 'a.test.ts'), tests);
    const rows = readRequirements(answers.map((answer) => `| REQ-1 | something | ${answer} |`).join('\n'));
    const inFolder = rows.map((row) => ({ ...row, proofs: row.proofs.map((proof) => proof.replace('test/', '')) }));
    return problems(inFolder, ids, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('The list of requirements', () => {
  it('has a proof or a reason for each, and every proof is a test that runs', () => {
    expect(problems(requirementsOf(root), requirementIds, root)).toEqual([]);
  });
});

describe('A gap', () => {
  const tests = `describe('Here', () => { it('works', () => check()); it.skip('rests', () => check()); it('does nothing', () => {}); });
    describe.skip('There', () => { it('works there', () => check()); });`;

  it('is a requirement without a row, with two, and one that nobody knows', () => {
    expect(gapsOf(tests, [], ['REQ-1'])).toEqual(['REQ-1: has no row']);
    expect(gapsOf(tests, ['*not done:* why', '*not done:* why'])).toEqual(['REQ-1: has several rows']);
    expect(gapsOf(tests, ['*not done:* why'], [])).toEqual(['REQ-1: is not in the list of requirements']);
  });

  it('is a row with neither proof nor reason, or with an empty reason', () => {
    expect(gapsOf(tests, ['it works'])).toEqual(['REQ-1: has neither proof nor reason']);
    expect(gapsOf(tests, ['*not done:*'])).toEqual(['REQ-1: has neither proof nor reason']);
  });

  it('is a proof that names no file, no test, or a test that is skipped', () => {
    expect(gapsOf(tests, ['`test/b.test.ts › works`'])).toEqual(['REQ-1: there is no b.test.ts']);
    expect(gapsOf(tests, ['`test/a.test.ts`'])).toEqual(['REQ-1: a.test.ts names no test']);
    expect(gapsOf(tests, ['`test/a.test.ts › flies`'])).toEqual(['REQ-1: a.test.ts › flies is missing']);
    expect(gapsOf(tests, ['`test/a.test.ts › There › works`'])).toEqual([
      'REQ-1: a.test.ts › There › works is missing',
    ]);
    expect(gapsOf(tests, ['`test/a.test.ts › rests`'])).toEqual(['REQ-1: a.test.ts › rests is skipped']);
    expect(gapsOf(tests, ['`test/a.test.ts › does nothing`'])).toEqual(['REQ-1: a.test.ts › does nothing is skipped']);
    expect(gapsOf(tests, ['`test/a.test.ts › works there`'])).toEqual(['REQ-1: a.test.ts › works there is skipped']);
  });

  it('is none where a test runs, or a reason is given', () => {
    expect(gapsOf(tests, ['`test/a.test.ts › Here › works`'])).toEqual([]);
    expect(gapsOf(tests, ['`test/a.test.ts › Here`'])).toEqual([]);
    expect(gapsOf(tests, ['`test/a.test.ts › works` *not done:* the rest'])).toEqual([]);
    expect(gapsOf(tests, ['*does not apply:* another product'])).toEqual([]);
  });
});

describe('The name of a test', () => {
  it('is found where a table or a template fills it in', () => {
    expect(isTitle('takes a name like %s', 'takes a name like %s')).toBe(true);
    expect(isTitle('takes a name like a/b', 'takes a name like %s')).toBe(true);
    expect(isTitle('alice is refused issue load', '$as is refused $module $call')).toBe(true);
    expect(isTitle('drops 3 of them', 'drops ${count} of them')).toBe(true);
    expect(isTitle('takes a commit like a/b', 'takes a name like %s')).toBe(false);
    expect(isTitle('anything', '%s')).toBe(false);
  });

  it('is read with the blocks around it, whichever way it is written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'undersigned-names-'));
    const file = join(folder, 'b.test.ts');
    writeFileSync(
      file,
      "describe.each(kinds)('%s: reading', () => { it.each([1, 2])(`reads ${'x'}`, () => check()); test('ends', () => check()); xit('x', () => check()); });",
    );
    const names = testNames(file);
    rmSync(folder, { recursive: true });
    expect(names.map(({ titles }) => titles)).toEqual([
      ['%s: reading'],
      ['%s: reading', "reads ${'x'}"],
      ['%s: reading', 'ends'],
      ['%s: reading', 'x'],
    ]);
    expect(stateOf(['GitLab 15: reading', 'ends'], names)).toBe('runs');
    expect(stateOf(['x'], names)).toBe('skipped');
  });
});
