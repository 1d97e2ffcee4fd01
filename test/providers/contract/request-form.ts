import type { Extras } from '../../../src/providers/provider';
import { templateText } from '../../../rig/templates';
import { editions } from '../../../src/domain/editions';
import { failure, requestOf, valueOf, type Place, type Subject } from './place';
import { sentence } from './sentences';

/** Of editions whose capabilities have templates. */
export function requestForms(subject: Subject, place: Place): void {
  const { provider, templates } = subject;
  const read = async (repository: string) => {
    const form = await provider.readRequestForm?.(place.connection(), { repository, target: 'main' });
    if (form === undefined) throw new Error(`${subject.name} should have templates`);
    return form;
  };

  it(sentence(72), async () => {
    if (templates === undefined) throw new Error(`The world of ${subject.name} has no templates`);
    const [first = '', ...others] = templates.names;
    const found = valueOf(await read(templates.repository)).templates;
    expect(found.map(({ name }) => name)).toEqual([first, ...others]);
    expect(found.map(({ isDefault }) => isDefault)).toEqual([true, ...others.map(() => undefined)]);
    for (const { name, text } of found) expect(text).toBe(templateText(name));
  });

  it(sentence(73), async () => {
    for (const repository of [subject.repository, subject.empty])
      expect([repository, await read(repository)]).toMatchObject([repository, { ok: true, value: { templates: [] } }]);
  });

  describe(sentence(74), () => {
    it.each(subject.missing)('%s', async (missing) => {
      expect(await read(missing)).toEqual(failure('REPOSITORY_NOT_FOUND'));
      expect(place.written()).toBe(0);
    });
  });
}

/** Of editions whose capabilities have extras or rules. */
export function requestExtras(subject: Subject, place: Place): void {
  const { provider, repository, labels, rules, writer, maintainer } = subject;
  const { capabilities } = editions[subject.edition];
  const read = async (where: string, target: string) => {
    const form = await provider.readRequestForm?.(place.connection(), { repository: where, target });
    if (form === undefined) throw new Error(`${subject.name} should have a form`);
    return valueOf(form);
  };
  /** Opens one that is to get these, in whichever way the provider gives them. */
  const open = async (extras: Extras) => {
    const source = await place.branch();
    const made = valueOf(
      await provider.createPullRequest(place.connection(), { ...requestOf(repository, source), extras }),
    );
    const later = await provider.addToPullRequest?.(place.connection(), { repository, number: made.number, ...extras });
    return { source, made, undone: made.undone ?? later };
  };
  const assignee = async () => {
    const { accountId: id, login } = valueOf(await provider.checkToken(place.connection()));
    place.forget();
    return { id, login };
  };

  it(sentence(78), async () => {
    expect(capabilities.requestExtras).toBe(labels && true);
    if (labels) expect((await read(repository, 'main')).labels).toEqual(labels);
    if (!capabilities.requestRules || rules === undefined) throw new Error(`The world of ${subject.name} has no rules`);
    // Some services find people only by their latest acts.
    const at = place.connection(maintainer.credential);
    valueOf(await provider.createBranch(at, { repository, name: place.fresh(), source: 'develop' }));
    place.forget();
    expect((await read(rules.repository, rules.target)).rules).toEqual(rules.say);
    // A branch that is not there has none of its own.
    expect((await read(rules.repository, 'gone')).rules).toEqual([]);
    expect(place.written()).toBe(0);
  });

  it(sentence(79), async () => {
    if (labels === undefined) return;
    const wanted = { assignee: await assignee(), labels: labels.slice(1) };
    const { undone } = await open(wanted);
    expect([writer.login, undone]).toEqual([wanted.assignee.login, undefined]);
    expect(place.requests().length).toBeLessThanOrEqual(3);
  });

  it(sentence(80), async () => {
    if (labels === undefined) return;
    const nobody = { id: '999999', login: 'nobody-here' };
    const { source, made, undone } = await open({ assignee: nobody, labels });
    expect(undone).toEqual({ assignee: true, error: { code: 'EXTRAS_REFUSED' } });
    expect(await provider.createPullRequest(place.connection(), requestOf(repository, source))).toEqual(
      failure('PULL_REQUEST_EXISTS', { url: made.url }),
    );
  });
}
