import type { Service } from '../../src/domain/service.ts';
import type { Findings } from './findings.ts';
import { MOST_REQUESTS, type Exchange } from './gate.ts';
import {
  branchesIn,
  parsed,
  peopleIn,
  scrubbedExchange,
  scrubbedText,
  secretsOf,
  sorted,
  type Names,
} from './scrub.ts';
import type { Credential } from '../../src/domain/credential.ts';

export type Reported = {
  service: Service;
  repository: string;
  credential: Credential;
  findings: Findings;
  exchanges: readonly Exchange[];
  left: readonly string[];
};

/** All known texts that reveal a person or a place: the credential, the repository, the address, and everybody in an answer. */
function namesIn({ service, repository, credential, exchanges }: Reported): Names {
  const parts = repository.split('/');
  const answers = exchanges.map(({ received }) => parsed(received));
  const isPublic = service.edition.address.kind === 'fixed';
  return sorted([
    ...secretsOf(credential).map((secret) => [secret, '…'] as const),
    [repository, parts.length === 1 ? 'scratch' : 'acme/scratch'],
    ...parts.map((part, at) => [part, at === parts.length - 1 ? 'scratch' : 'acme'] as const),
    ...(isPublic ? [] : [[service.place, 'git.example.com'] as const]),
    ...placesOf(service).map((place) => [place, 'example'] as const),
    ...answers.flatMap(peopleIn).map((person) => [person, 'person'] as const),
    ...answers.flatMap(branchesIn).map((branch) => [branch, 'some-branch'] as const),
  ]);
}

/** For a server or an organization: its host, and the parts of its path. */
function placesOf({ webUrl, edition }: Service): string[] {
  if (edition.address.kind === 'fixed') return [];
  const { host, pathname } = new URL(webUrl);
  const parts = decodeURIComponent(pathname)
    .split('/')
    .filter((part) => part !== '' && part !== 'tfs');
  return edition.address.kind === 'own' ? parts : [host, ...parts];
}

/** The report as Markdown, ready to be pasted: a table of sentences, and the answers. It contains no secret and no person. */
export function reportOf(reported: Reported): string {
  const { service, findings, exchanges, left } = reported;
  const names = namesIn(reported);
  const all = findings.all();
  const count = (outcome: string) => all.filter((one) => one.outcome === outcome).length;
  const version = service.version === undefined ? '' : ` ${service.version}`;
  const cell = (text: string) => scrubbedText(text, names).replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
  return [
    `# ${service.edition.name}${version}: ${count('held')} held, ${count('broken')} broken, ${count('not tried')} not tried`,
    '',
    `\`npm run verify\` of ${new Date().toISOString().slice(0, 10)}, edition \`${service.edition.id}\`, ${exchanges.length} of at most ${MOST_REQUESTS} requests.`,
    ...(left.length === 0 ? [] : ['', `Not removed: ${left.map(cell).join(', ')}. The next run tries again.`]),
    '',
    '| sentence | outcome | why |',
    '|---|---|---|',
    ...all.map(({ number, sentence, outcome, reason = '' }) => {
      const told = outcome === 'broken' ? `**broken**` : outcome;
      return `| ${number}. ${sentence} | ${told} | ${cell(reason)} |`;
    }),
    '',
    '## Answers',
    '',
    '```json',
    ...exchanges.map((exchange) => JSON.stringify(scrubbedExchange(exchange, names)).replaceAll('```', "'''")),
    '```',
    '',
  ].join('\n');
}
