/**
 * Writes docs/guides/errors.md from `src/domain/errors.ts` and `locales/en-US.json`: every error that a page can show, and who can solve it. With
 * `--write` the guide is written; without, the existing guide must be identical.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errors, type ErrorCode, type Mender } from '../src/domain/errors.ts';
import { compileSentence } from '../static/compile-messages.mts';
import { inForm } from '../static/shared/message-format.ts';

/** The guide's words for the people who can solve an error. */
const who: Readonly<Record<Mender, string>> = {
  you: 'you',
  owner: 'the owner of the repository',
  admin: 'a Jira admin',
  operator: 'the people who run the service',
  time: 'time',
};

const root = join(import.meta.dirname, '..');
const guide = 'docs/guides/errors.md';
const sentences = JSON.parse(readFileSync(join(root, 'locales/en-US.json'), 'utf8')) as Readonly<
  Record<string, string>
>;

type Names = Readonly<Record<string, string>>;

/** Values for the placeholders: one issue of one team. */
const example: Names = {
  service: 'GitHub',
  host: 'github.com',
  integration: 'Acme on GitHub',
  login: 'alice',
  repository: 'acme/web',
  branch: 'DEMO-1-login',
  source: 'DEMO-1-login',
  target: 'main',
  organization: 'Acme',
  missing: 'repo',
  conflict: 'DEMO-1-login/form',
  who: 'Ada',
  project: 'DEMO',
  issue: 'DEMO-1',
  field: 'the title',
  reason: 'A branch name has no spaces.',
  status: '500',
  expiredAt: '2 hours ago',
  retryAt: 'in 5 minutes',
};
const places: Readonly<Record<NonNullable<(typeof errors)[ErrorCode]['example']>, Names>> = {
  ghes: { service: 'GitHub Enterprise Server 3.19', host: 'git.acme.example' },
  gitlab: { service: 'GitLab' },
  'azure-devops': { service: 'Azure DevOps', host: 'dev.azure.com/acme' },
  tfs: { service: 'TFS 2015', integration: 'Acme on TFS' },
  codecommit: { service: 'AWS CodeCommit', host: 'AWS eu-central-1', integration: 'Acme on AWS' },
};

function plain(code: ErrorCode, part: 'title' | 'why' | 'next'): string {
  const sentence = sentences[`error.${code}.${part}`];
  if (sentence === undefined) throw new Error(`locales/en-US.json has no error.${code}.${part}`);
  const { example: place } = errors[code];
  const bot: Names = code === 'BOT_TOKEN' ? { login: 'acme-bot' } : {};
  const names: Names = { ...example, ...(place && places[place]), ...bot };
  const kinds: Names = {
    credential: place === 'codecommit' ? 'key' : 'token',
    requestKind: place === 'gitlab' ? 'merge' : 'pull',
  };
  const form = inForm(
    compileSentence('en-US', `error.${code}.${part}`, sentence),
    kinds,
    () => new Intl.PluralRules('en-US'),
  );
  return form.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const found =
      names[name] ??
      sentences[`word.${place ?? 'github'}.${name}`] ??
      sentences[`word.${name}`] ??
      sentences[`fallback.${name}`];
    if (found === undefined) throw new Error(`error.${code}.${part} has {${name}}, which has no example here`);
    return found;
  });
}

const rows = (Object.keys(errors) as ErrorCode[]).map((code) => {
  const [title, why, next] = (['title', 'why', 'next'] as const).map((part) => plain(code, part));
  return `| <a id="${code}"></a>${title}<br>\`${code}\` | ${why} | ${next} | ${errors[code].mendedBy.map((one) => who[one]).join(', then ')} |`;
});
const text = `# Errors, and who can do something about them

Written by \`npm run guides -- --write\` from the sentences in \`locales/en-US.json\`. The names in it are
examples: alice works on DEMO-1 in \`acme/web\`. *Time*: trying again later is all there is. Nothing typed is lost on an error.

Where nobody has to use a token of their own and it is yours that failed, the page also offers *Continue as the integration account*.

| what it says | why | what to do | who |
|---|---|---|---|
${rows.join('\n')}
`;

if (process.argv.includes('--write')) writeFileSync(join(root, guide), text);
else if (readFileSync(join(root, guide), 'utf8') !== text) {
  console.error(`${guide} is out of date: npm run guides -- --write`);
  process.exitCode = 1;
} else console.log(`${rows.length} errors are explained.`);
