import { serviceAt } from '../../src/domain/service';
import { ownLink } from '../../src/providers/own-link';

const service = serviceAt('ghes', 'https://git.acme.example/code');
const made = 'https://git.acme.example/code/acme/web';

describe('The address that an answer gives', () => {
  it.each(['https://git.acme.example/code/acme/web/pull/7', 'https://git.acme.example/other'])(
    'is shown: %s',
    (given) => {
      expect(ownLink(service, given, made)).toBe(given);
    },
  );

  it('is shown as a browser reads it', () => {
    const given = 'HTTPS://git.acme.example:443/a/../\u202eb\nc';
    expect(ownLink(service, given, made)).toBe('https://git.acme.example/%E2%80%AEbc');
  });

  it.each([
    'https://phish.example/acme/web',
    'https://git.acme.example.phish.example/acme/web',
    'https://git.acme.example@phish.example/',
    'http://git.acme.example/code/acme/web',
    'https://git.acme.example:8443/code',
    'javascript:alert(1)',
    'blob:https://git.acme.example/code/acme/web',
    'https://phish.example@git.acme.example/code',
    'https://git.acme.example./code',
    'https://git.acme.exаmple/code',
    'https://git.acme.example%2ephish.example/',
    '//git.acme.example/code',
    'view-source:https://git.acme.example/',
    'not an address',
    '',
    undefined,
  ])('gives way to ours where it leads elsewhere: %s', (given) => {
    expect(ownLink(service, given, made)).toBe(made);
  });
});
