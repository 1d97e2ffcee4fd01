import fc from 'fast-check';
import { checkAddress } from '../../src/domain/address';
import { editionIds, editions, type AddressRule } from '../../src/domain/editions';
import { anyCharacters } from '../../rig/any-text';

describe('Any text at all as an address', () => {
  const fragments = fc.constantFrom(
    ...['https://', 'git', '.', 'acme', 'example', '/', ':8443', ':22', '@', '%', '%20', '%2f', ' ', 'ü', '日本', '？'],
    ...[
      '127.0.0.1',
      '[::1]',
      '\\',
      '\u200b',
      'xn--',
      '..',
      '-',
      '_',
      'A',
      'dev.azure.com',
      'visualstudio.com',
      '?',
      '#',
    ],
  );
  const typed = fc.oneof(
    fc.webUrl(),
    anyCharacters(100),
    fc.array(fragments, { maxLength: 10 }).map((parts) => parts.join('')),
    fc.array(fragments, { maxLength: 6 }).map((parts) => `https://git.acme.example/${parts.join('')}`),
  );
  const rules: AddressRule[] = [
    { kind: 'url' },
    { kind: 'url', needsPath: true },
    ...editionIds.map((id) => editions[id].address).filter(({ kind }) => kind !== 'fixed'),
  ];

  it('is refused, or becomes an address that does not change again and leads to the same public https host', () => {
    let kept = 0;
    fc.assert(
      fc.property(typed, fc.constantFrom(...rules), (text, rule) => {
        const checked = checkAddress(rule, text);
        if (!checked.ok) return;
        kept++;
        expect(checkAddress(rule, checked.value)).toEqual(checked);
        const url = new URL(checked.value);
        expect(`${url.origin}${url.pathname.replace(/\/$/, '')}`).toBe(checked.value);
        expect(url.protocol).toBe('https:');
        expect(url.username + url.password + url.search + url.hash).toBe('');
        expect(url.hostname).toMatch(/^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/);
        expect(url.hostname).not.toMatch(/^[\d.]+$/);
      }),
      { numRuns: 5000 },
    );
    expect(kept).toBeGreaterThan(100);
  });
});
