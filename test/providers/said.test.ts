import fc from 'fast-check';
import { saidLine } from '../../src/providers/said';
import { anyCharacters } from '../../rig/any-text';

describe('The line of a service', () => {
  it.each([
    ['Branch name must match ^(feature|bugfix)/.*', 'Branch name must match ^(feature|bugfix)/.*'],
    ['Rule violations found\n\n  - a name\r\n\t- a signature', 'Rule violations found - a name - a signature'],
    ['<p>You cannot <b>push</b></p><script>alert(1)</script>', 'You cannot push'],
    ['a &lt; b &amp; c &#39;d&#x27; &unknown;', "a < b & c 'd' &unknown;"],
    ['abc\u202Edef\u2066\u200B\u200F\uFEFFghi', 'abcdefghi'],
    ['bell\u0007and\u001B[1m red', 'bell and [1m red'],
    ['&#x202E;turned &#0;', 'turned'],
    ['title < 256 and > 1', 'title < 256 and > 1'],
    ['half \uD83D', 'half \uFFFD'],
    ['remote: \nremote: =======\nremote: Ask ops\nremote: =======', 'Ask ops'],
  ])('%j reads %j', (text, line) => {
    expect(saidLine(text)).toBe(line);
  });

  it.each(['', '  \n', '<br>', '\u200B\u202E', undefined, null, 404, { message: 'x' }])('is absent for %j', (text) => {
    expect(saidLine(text)).toBeUndefined();
  });

  it('is cut at a character and says so', () => {
    const family = '👩‍👩‍👧';
    const line = saidLine(`${'x'.repeat(298)}e\u0301e\u0301`);
    expect(line).toBe(`${'x'.repeat(298)}…`);
    expect(saidLine('x'.repeat(300))).toBe('x'.repeat(300));
    expect(saidLine(family.repeat(200))).toMatch(/^[👩👧]+…$/u);
  });

  it('is one line of at most 300 characters without anything invisible, whatever was written', () => {
    fc.assert(
      fc.property(fc.oneof(anyCharacters(700), fc.string({ maxLength: 700 })), (text) => {
        const line = saidLine(text) ?? '-';
        expect(line.length).toBeLessThanOrEqual(300);
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|^\s|\s$/u);
        expect(line.isWellFormed()).toBe(true);
      }),
    );
  });
});
