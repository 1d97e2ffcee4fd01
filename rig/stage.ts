import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openInProcess, type InProcessForge, type Kind, type KvsRates, type Service, type Site } from 'local-forge';
import type { PastedCredential } from '../src/domain/credential';
import { serveFaulty } from './faulty-service';
import { siteNamed, type Developer } from './site';
import { openTruth, staged, type ServiceName, type Truth } from './staged-services';

export type { Developer };

/** So many developers, the same ones each time. */
export function crowdOf(count: number): Developer[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `dev${[index / 26, index % 26].map((digit) => String.fromCharCode(97 + Math.floor(digit))).join('')}`;
    return { id, accountId: `712020:c40d0000-0000-4000-8000-${String(index).padStart(12, '0')}` };
  });
}

type Options = { name?: string; requireUserPat?: boolean; projects?: 'all' | string[] };

/** The app on its sites, and one of the services; `at` gives the same stage with another one. */
export type Stage = Omit<Truth, 'close'> & {
  app: InProcessForge;
  sites: readonly Site[];
  name: ServiceName;
  service: Service;
  /** What an admin enters to connect it. */
  place: { edition: string; address?: string; owners: 'all' | string[] };
  repository: string;
  /** Login of the integration account. */
  bot: string;
  /** A possible reviewer, if the service has reviewers. */
  reviewer: string | undefined;
  credentialOf: (who: string, again?: boolean) => PastedCredential;
  /** Connects the service on a site, as ada does; returns the integration's id. */
  connect(site: string, options?: Options): Promise<string>;
  /** Saves a person's token on their settings page. */
  saveToken(site: string, as: string, integrationId: string, token?: string): Promise<void>;
  /**
   * An empty site on which the service is connected and these people have saved their tokens. The app does that once. Another
   * site gets a copy of the result with its own integration id, which is quick on every machine.
   */
  ready(site: string, people: readonly string[]): Promise<string>;
  at(name: ServiceName): Stage;
  close(): Promise<void>;
};

type Left = { integrationId: string; entries: { kind: Kind; key: string; json: string; ttl: number | undefined }[] };

/** The stored data of a site, for another site. */
function leftOn({ entries }: InProcessForge, site: string, integrationId: string): Left {
  const keys = [
    ...entries.list(site, '', undefined, 1_000_000).map(({ key }) => ({ kind: 'value' as const, key })),
    ...entries.secretKeys(site).map((key) => ({ kind: 'secret' as const, key })),
  ];
  return {
    integrationId,
    entries: keys.flatMap(({ kind, key }) => {
      const entry = entries.get(site, kind, key);
      const ttl = entry?.expiresAt === undefined ? undefined : entry.expiresAt - entry.updatedAt;
      return entry === undefined ? [] : [{ kind, key, json: entry.json, ttl }];
    }),
  };
}

function putOn({ entries }: InProcessForge, site: string, left: Left): string {
  const id = randomUUID();
  const own = (text: string): string => text.replaceAll(left.integrationId, id);
  for (const { kind, key, json, ttl } of left.entries) entries.set(site, kind, own(key), own(json), ttl);
  return id;
}

/** The app in this process, Jira sites with the same people, and services in which alice and the bot have tokens. */
export async function openStage(options: {
  load: () => Promise<Record<string, unknown>>;
  sites?: readonly string[];
  crowd?: readonly Developer[];
  /** GitHub by default; the stage begins at the first one. */
  services?: readonly ServiceName[];
  /** Puts a server between the app and the services whose answers a tap can spoil (`faulty-service.ts`). */
  faulty?: boolean;
  /** The clock of the app and of the services. */
  now?: () => Date;
  /** Limits of storage for a site; none by default, because days of work take minutes here. */
  rates?: KvsRates;
}): Promise<Stage> {
  const { services: names = ['github'], crowd = [], now } = options;
  const directory = await mkdtemp(join(tmpdir(), 'undersigned-stage-'));
  const sites = (options.sites ?? ['acme', 'globex']).map((id) => siteNamed(id, options.crowd));
  const logins = crowd.map(({ id }) => id);
  const opened = await Promise.all(
    names.map(async (name) => {
      const own = join(directory, name);
      const service = await staged[name].open(logins, { directory: own, ...(now && { now }) });
      return { name, service, truth: openTruth(name, own) };
    }),
  );
  const faulty = await Promise.all(
    opened.flatMap(({ name, service }) =>
      options.faulty === true
        ? staged[name].apiHosts.map(async (host) => ({ host, ...(await serveFaulty(service, host)) }))
        : [],
    ),
  );
  const routes = new Map(faulty.map(({ host, origin }) => [host, origin]));
  const app = await openInProcess({
    ...options,
    app: process.cwd(),
    sites,
    services: opened.map(({ service }) => service),
    routes,
  });
  const must = (answer: { ok: boolean; value?: any }): any => {
    if (!answer.ok) throw new Error(`The stage could not be set: ${JSON.stringify(answer)}`);
    return answer.value;
  };
  const close = async (): Promise<void> => {
    // Its complaint about log lines comes last, because everything else has to be closed as well.
    const [closed] = await Promise.allSettled([app.close()]);
    for (const server of faulty) await server.close();
    for (const { service, truth } of opened) {
      truth.close();
      await service.close();
    }
    await rm(directory, { recursive: true, force: true });
    if (closed.status === 'rejected') throw closed.reason;
  };
  const stageOf = ({ name, service, truth }: (typeof opened)[number]): Stage => {
    const { connect: place, repository, bot, reviewer, credentialOf } = staged[name];
    const lefts = new Map<string, Promise<Left>>();
    const stage: Stage = {
      ...truth,
      ...{ app, sites, name, service, place, repository, bot, reviewer, credentialOf, close },
      connect: async (site, { name: called = `acme-${name}`, requireUserPat = false, projects = 'all' } = {}) => {
        const payload = { ...place, credential: credentialOf(bot), name: called, requireUserPat, projects };
        const call = { site, as: 'ada', module: 'manage-repositories', call: 'add-integration', payload };
        const { id } = must(await app.invoke(call)).integration as { id: string };
        // A queue makes the copy of its credential.
        await app.settle({ hurry: true });
        return id;
      },
      saveToken: async (site, as, integrationId, token) => {
        const credential = token === undefined ? credentialOf(as) : { kind: 'token', token };
        const payload = { integrationId, credential };
        must(await app.invoke({ site, as, module: 'user-settings', call: 'save-token', payload }));
      },
      ready: async (site, people) => {
        const make = async (): Promise<Left> => {
          const integrationId = await stage.connect(site);
          for (const as of people) await stage.saveToken(site, as, integrationId);
          await app.settle({ hurry: true });
          const left = leftOn(app, site, integrationId);
          app.entries.clear(site);
          return left;
        };
        const key = people.join();
        if (!lefts.has(key))
          lefts.set(
            key,
            patiently(make, () => app.entries.clear(site)),
          );
        return putOn(app, site, await (lefts.get(key) as Promise<Left>));
      },
      at: (other) => {
        const found = stages.get(other);
        if (found === undefined) throw new Error(`The stage was opened without ${other}`);
        return found;
      },
    };
    return stage;
  };
  const stages = new Map(opened.map((one) => [one.name, stageOf(one)]));
  return [...stages.values()][0] as Stage;
}

/** On a busy machine the app can time out before the trial: then it is repeated once from an empty site. */
async function patiently<Made>(make: () => Promise<Made>, clear: () => void, tries = 5): Promise<Made> {
  try {
    return await make();
  } catch (thrown) {
    if (tries <= 1) throw thrown;
    clear();
    return patiently(make, clear, tries - 1);
  }
}
