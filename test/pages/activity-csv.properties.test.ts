import fc from 'fast-check';
import { csvOf } from '../../static/manage-repositories/activity-csv';

/** Cells as a spreadsheet cuts a line: a cell that begins with a quote ends with one, any other at the separator. */
function cellsIn(csv: string, separator: string): string[] {
  const cells: string[] = [];
  let rest = csv.replace(/^\ufeff/, '');
  while (rest !== '') {
    const [, quoted = ''] = /^"((?:[^"]|"")*)"/.exec(rest) ?? [];
    if (rest.startsWith('"')) rest = rest.slice(quoted.length + 2);
    const end = [separator, '\r', '\n'].map((one) => rest.indexOf(one)).filter((at) => at >= 0);
    const at = Math.min(rest.length, ...end);
    cells.push(quoted.replaceAll('""', '"') + rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  return cells;
}

const isFormula = (cell: string): boolean => /^[\s"]*[=+\-@|%＝＋－＠]/u.test(cell);
const hostile = fc.array(fc.constantFrom(...'=+-@|%＝,;\t\r\n"\' ax'), { maxLength: 12 }).map((all) => all.join(''));

describe('No cell of a CSV is a formula', () => {
  it.each([',', ';', '\t'])('for a spreadsheet that cuts at %j', (separator) => {
    fc.assert(
      fc.property(fc.array(fc.array(hostile, { minLength: 1, maxLength: 4 }), { maxLength: 4 }), (rows) => {
        expect(cellsIn(csvOf(rows), separator).filter(isFormula)).toEqual([]);
      }),
    );
  });

  it('and a formula would be noticed', () => {
    expect(cellsIn('"a","x;=1"', ';').some(isFormula)).toBe(true);
    expect(cellsIn('"=1"', ',').some(isFormula)).toBe(true);
  });

  it('and any other cell does not change', () => {
    expect(csvOf([['main', 'DEMO-1-login, please', 'He said "no"; then yes']])).toBe(
      '\ufeff"main","DEMO-1-login, please","He said ""no""; then yes"\r\n',
    );
  });
});
