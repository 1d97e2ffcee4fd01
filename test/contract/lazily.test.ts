import { lazily } from '../../src/contract/lazily';

describe('What is made lazily', () => {
  it('is made once, at its first use, and alone', () => {
    const made: string[] = [];
    const make = (name: string) => () => {
      made.push(name);
      return { name };
    };
    const all = lazily({ first: make('first'), second: make('second') });
    expect(Object.keys(all)).toEqual(['first', 'second']);
    expect(made).toEqual([]);
    expect(all.second).toBe(all.second);
    expect(made).toEqual(['second']);
  });
});
