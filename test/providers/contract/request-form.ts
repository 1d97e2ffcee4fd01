import { templateText } from '../../support/templates';
import { failure, valueOf, type Place, type Subject } from './place';
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
      expect([repository, await read(repository)]).toEqual([repository, { ok: true, value: { templates: [] } }]);
  });

  describe(sentence(74), () => {
    it.each(subject.missing)('%s', async (missing) => {
      expect(await read(missing)).toEqual(failure('REPOSITORY_NOT_FOUND'));
      expect(place.written()).toBe(0);
    });
  });
}
