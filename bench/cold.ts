import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildWhatIsStale } from '../sandbox/build.ts';
import { readManifest } from 'local-forge';
import type { Figure } from './figures.ts';
import { median } from './stage.ts';

const run = promisify(execFile);

/** The packages that every handler needs, each used once. */
const EMPTY = `import Resolver from '@forge/resolver';
import api, { route } from '@forge/api';
import { kvs } from '@forge/kvs';

const resolver = new Resolver();
resolver.define('load-issue', async () => {
  await Promise.all([kvs.get('setting:requireUserPat'), api.asUser().requestJira(route\`/rest/api/3/mypermissions\`)]);
  return { ok: true };
});
export const issue = resolver.getDefinitions();
`;

/** The four SDKs the way their READMEs import them. */
const SDKS = `import { CodeCommitClient, CreateBranchCommand, GetBranchCommand } from '@aws-sdk/client-codecommit';
import { Gitlab } from '@gitbeaker/rest';
import { Octokit } from '@octokit/rest';
import { getPersonalAccessTokenHandler, WebApi } from 'azure-devops-node-api';

export const issue = [Gitlab, Octokit, WebApi, getPersonalAccessTokenHandler, CodeCommitClient, CreateBranchCommand, GetBranchCommand];
`;

const addresses = {
  github: { edition: 'github.com', address: 'https://github.com' },
  gitlab: { edition: 'gitlab.com', address: 'https://gitlab.com' },
  'azure-devops': { edition: 'azure-devops', address: 'https://dev.azure.com/acme' },
  codecommit: { edition: 'codecommit', address: 'https://eu-central-1.console.aws.amazon.com' },
};

type Start = { evaluate: number; call: number; act: number; bytes: number; first?: boolean; answer?: string };

async function startCold(root: string, bundle: string, place?: keyof typeof addresses): Promise<Start> {
  const integration = {
    ...(place === undefined ? {} : addresses[place]),
    id: 'i',
    name: 'x',
    owners: 'all',
    projects: 'all',
    account: 'x',
    credentialId: 'c',
  };
  const args = [join(root, 'bench/cold/start.cjs'), join(bundle, 'index.cjs')];
  if (place !== undefined) args.push(JSON.stringify(integration));
  const { stdout } = await run(process.execPath, ['--disable-warning=DEP0169', ...args]);
  const start = JSON.parse(stdout) as Start;
  if (place === undefined && start.first !== true) throw new Error('The first call failed');
  if (place !== undefined && start.answer !== 'INTEGRATION_CREDENTIAL_REJECTED')
    throw new Error(`${place} did not get to its service: ${start.answer}`);
  return start;
}

/** Bundles one source file as the only handler module of an app. */
async function bundle(root: string, folder: string, source: string): Promise<string> {
  await mkdir(join(folder, 'src'), { recursive: true });
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  await symlink(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'));
  await writeFile(join(folder, 'src/index.ts'), source);
  const output = join(folder, 'out');
  await run(process.execPath, [join(root, 'bench/cold/bundle.cjs'), folder, output, 'index'], { cwd: folder });
  return output;
}

async function bytesOf(folder: string): Promise<number> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.cjs') && !file.startsWith('__forge'));
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(folder, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * The code that a cold process evaluates before it can do anything, in separate processes, by turns; and the code of a
 * service that the heaviest action loads.
 */
export async function measureColdStarts(root: string, rounds: number): Promise<Figure[]> {
  await buildWhatIsStale(root, readManifest(root), (text) => process.stderr.write(`${text}\n`));
  const folder = await mkdtemp(join(tmpdir(), 'undersigned-cold-'));
  try {
    const [empty, sdks] = await Promise.all([
      bundle(root, join(folder, 'empty'), EMPTY),
      bundle(root, join(folder, 'sdks'), SDKS),
    ]);
    const ours = join(root, 'dist/backend');
    const all = await bytesOf(sdks);
    const starts = { ours: [] as Start[], empty: [] as Start[] };
    for (let round = 0; round < rounds; round++) {
      starts.ours.push(await startCold(root, ours));
      starts.empty.push(await startCold(root, empty));
    }
    const cpu = (whose: keyof typeof starts, what: 'evaluate' | 'call') =>
      median(starts[whose].map((start) => start[what]));
    const compared = (name: string, what: 'evaluate' | 'call'): Figure[] => [
      { name: `cold/${name}`, value: round(cpu('ours', what)), unit: 'ms of CPU' },
      { name: `cold/${name}-over-empty`, value: round(cpu('ours', what) / cpu('empty', what)), unit: 'times' },
    ];
    const handler = await startCold(root, ours);
    const figures: Figure[] = [
      { name: 'cold/empty', value: round(cpu('empty', 'evaluate')), unit: 'ms of CPU' },
      ...compared('handler', 'evaluate'),
      { name: 'cold/empty-first-call', value: round(cpu('empty', 'call')), unit: 'ms of CPU' },
      ...compared('first-call', 'call'),
      { name: 'cold/all-sdks-bytes', value: all, unit: 'bytes' },
    ];
    let heaviest = 0;
    for (const place of Object.keys(addresses) as (keyof typeof addresses)[]) {
      const { bytes, act } = await startCold(root, ours, place);
      heaviest = Math.max(heaviest, bytes);
      figures.push(
        { name: `cold/${place}/share`, value: percent((bytes - handler.bytes) / all), unit: '% of all SDKs' },
        { name: `cold/${place}/first-act`, value: round(act), unit: 'ms' },
      );
    }
    return [...figures, { name: 'cold/evaluated-bytes', value: percent(heaviest / all), unit: '% of all SDKs' }];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const round = (value: number): number => Math.round(value * 100) / 100;
const percent = (share: number): number => Math.round(share * 1000) / 10;
