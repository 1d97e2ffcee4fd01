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

  it.each([
    'https://phish.example/acme/web',
    'https://git.acme.example.phish.example/acme/web',
    'https://git.acme.example@phish.example/',
    'http://git.acme.example/code/acme/web',
    'https://git.acme.example:8443/code',
    'javascript:alert(1)',
    'not an address',
    '',
    undefined,
  ])('gives way to ours where it leads elsewhere: %s', (given) => {
    expect(ownLink(service, given, made)).toBe(made);
  });
});
