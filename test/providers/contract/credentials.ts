import { valueOf, type Place, type Subject } from './place';
import { sentence } from './sentences';

export function credentials(subject: Subject, place: Place): void {
  const { provider, writer } = subject;

  it(sentence(18), async () => {
    const { edition, toldVersion: version } = subject;
    const told = { edition, ...(version === undefined ? {} : { version }) };
    expect(await provider.detect(place.connection())).toEqual({ ok: true, value: told });
  });

  it(sentence(19), async () => {
    const first = valueOf(await provider.checkToken(place.connection()));
    expect(first).toMatchObject({ login: writer.login, bot: false });
    expect(first.accountId).not.toBe('');
    expect(valueOf(await provider.checkToken(place.connection())).accountId).toBe(first.accountId);
    const other = valueOf(await provider.checkToken(place.connection(subject.maintainer.credential)));
    expect(other.accountId).not.toBe(first.accountId);
  });

  it(sentence(20), async () => {
    expect(await provider.checkToken(place.connection())).toMatchObject({ ok: true, value: { missingScopes: [] } });
  });

  it(sentence(21), async () => {
    const { expiresAt } = valueOf(await provider.checkToken(place.connection()));
    expect(expiresAt).toBe(subject.expiresAt);
    expect(expiresAt).toMatch(/^(never|unknown|\d{4}-\d\d-\d\dT[\d:.]+Z)$/);
  });

  it(sentence(22), async () => {
    const found = valueOf(await provider.findOwners(place.connection()));
    expect(found === 'all' ? found : [...found].sort()).toEqual(subject.foundOwners);
  });
}
