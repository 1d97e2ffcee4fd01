import type { Tap } from 'local-forge';
import type { Stage } from '../stage';
import { nextMinute } from './consistency';

/** An admin's last answers about a stored integration. */
type Told = { name: string; disabled: boolean; requireUserPat: boolean };

/** A tap that spoils a step now and then. */
type Spoil = () => Tap;

export type Admins = {
  /** Works until it is stopped; then everything is as people need it. */
  run(isOver: () => boolean): Promise<void>;
  /** How many of their calls were answered with ok. */
  done(): number;
  /** Contradictions to their answers, once all is quiet. */
  judge(): Promise<string[]>;
};

/** Two admins of a site who never decide the same thing: no call of one undoes an answer to the other. */
const admins = ['ada', 'zora'] as const;

/**
 * On one site with its integrations, by stage: ada renames them, and connects and disconnects one of her own; zora takes them out of use
 * and back, and switches the requirement of tokens. Right after an answer each checks that it is true, in spite of the other's acts.
 */
export function adminsOf(
  site: string,
  integrations: readonly { stage: Stage; id: string; name: string }[],
  { random, spoil }: { random: () => number; spoil: Spoil },
): Admins {
  const [first] = integrations;
  if (first === undefined) throw new Error('There is nothing to decide about');
  const { app } = first.stage;
  const told = new Map<string, Told>();
  for (const { id, name } of integrations) told.set(id, { name, disabled: false, requireUserPat: false });
  const gone: string[] = [];
  const problems: string[] = [];
  let done = 0;
  let names = 0;

  const ask = async (as: string, call: string, payload: object, tap?: Tap): Promise<any> => {
    const asked = { site, as, module: 'manage-repositories', call, payload };
    const answer: any = await app
      .invoke({ ...asked, ...(tap && { tap }) })
      .catch((thrown: { code?: string }) => ({ ok: false, error: { code: thrown.code } }));
    // They act faster than people do.
    if (answer.error?.code === 'PERSON_LIMITED') nextMinute({ app, sites: first.stage.sites });
    return answer;
  };
  /** Repeats a call until the answer is ok: spoilt calls, and forms that were overtaken. */
  const must = async (as: string, call: string, payload: () => Promise<object> | object): Promise<any> => {
    for (let tries = 0; ; tries += 1) {
      const answer = await ask(as, call, await payload(), tries === 0 ? spoil() : undefined);
      if (answer.ok) {
        done += 1;
        return answer.value;
      }
      if (tries > 20) throw new Error(`${call} by ${as} came to nothing: ${answer.error?.code}`);
    }
  };
  const shown = async (as: string): Promise<Map<string, any>> => {
    for (let tries = 0; ; tries += 1) {
      const answer = await ask(as, 'load-site', {});
      if (answer.ok) return new Map(answer.value.integrations.map((one: { id: string }) => [one.id, one]));
      if (tries > 20) throw new Error(`the site could not be looked at: ${answer.error?.code}`);
    }
  };
  const expectSo = async (as: string, id: string, what: keyof Told): Promise<void> => {
    const wanted = told.get(id)?.[what];
    const one = (await shown(as)).get(id);
    const found = what === 'disabled' ? one?.status === 'disabled' : one?.[what];
    if (found !== wanted) problems.push(`${site}: ${as} was told ${what} ${wanted} of ${id}, and it is ${found}`);
  };
  const edit = async (as: string, id: string, change: Partial<Told>): Promise<void> => {
    await must(as, 'update-integration', async () => {
      const one = (await shown(as)).get(id);
      const { owners, projects, revision } = one;
      return { id, name: one.name, requireUserPat: one.requireUserPat, owners, projects, revision, ...change };
    });
    told.set(id, { ...(told.get(id) as Told), ...change });
  };
  const pick = () => integrations[Math.floor(random() * integrations.length)] ?? first;

  const ada = async (): Promise<void> => {
    const { stage, id } = pick();
    names += 1;
    if (random() < 0.7) {
      await edit('ada', id, { name: `${stage.name} ${names}` });
      return expectSo('ada', id, 'name');
    }
    const options = { name: `passing ${names}`, requireUserPat: false, projects: 'all' };
    const credential = stage.credentialOf(stage.bot);
    let n = 0;
    const added = await must('ada', 'add-integration', () => {
      n += 1;
      return { ...stage.place, credential, ...options, name: `${options.name}.${n}` };
    });
    const passing = added.integration.id as string;
    await must('ada', 'disconnect-integration', () => ({ id: passing }));
    gone.push(passing);
  };
  const zora = async (): Promise<void> => {
    const { id } = pick();
    if (random() < 0.5) {
      const disabled = !(told.get(id)?.disabled ?? false);
      await must('zora', 'switch-integration', () => ({ id, enabled: !disabled }));
      told.set(id, { ...(told.get(id) as Told), disabled });
      return expectSo('zora', id, 'disabled');
    }
    const requireUserPat = !(told.get(id)?.requireUserPat ?? false);
    await edit('zora', id, { requireUserPat });
    return expectSo('zora', id, 'requireUserPat');
  };

  const rest = () => new Promise((resolve) => setTimeout(resolve, 20 + random() * 60));
  return {
    run: async (isOver) => {
      const work = async (one: () => Promise<void>): Promise<void> => {
        while (!isOver()) {
          await one();
          await rest();
        }
      };
      await Promise.all([work(ada), work(zora)]);
    },
    done: () => done,
    judge: async () => {
      const now = await shown(admins[0]);
      for (const [id, { name, disabled, requireUserPat }] of told) {
        const one = now.get(id);
        if (one?.name !== name || (one.status === 'disabled') !== disabled || one.requireUserPat !== requireUserPat)
          problems.push(`${site}: ${id} is ${JSON.stringify(one)}, and should be ${JSON.stringify(told.get(id))}`);
      }
      for (const id of gone) {
        if (now.has(id)) problems.push(`${site}: ${id} was disconnected, and is there`);
        if (app.entries.secretKeys(site).some((key) => key.includes(id))) problems.push(`${site}: a secret of ${id}`);
      }
      return problems;
    },
  };
}
