import { editions, type EditionId } from '../../src/domain/editions';
import { serviceAt } from '../../src/domain/service';
import { branchEntity, pullRequestEntity, repositoryEntity } from '../../src/jira/development-entities';
import { linksOf } from '../../src/providers/links';
import { developmentJudge } from '../oracles/development-judge';

const judge = developmentJudge();
const odd = ['a/b', 'fix/ü #1+%', '😀'.repeat(300), 'x'.repeat(1024), 'DEMO-1'];
const places: readonly [EditionId, string, string][] = [
  ['github.com', 'https://github.com', 'acme/web'],
  ['gitlab.com', 'https://gitlab.com', `grp/${'sub/'.repeat(80)}web`],
  ['azure-devops', 'https://dev.azure.com/acme', 'Back Office & Sons/web app'],
  ['codecommit', 'us-east-1', 'web'],
];

describe.each(places)('Jira’s information about %s', (edition, address, repository) => {
  const service = serviceAt(edition, address);
  const report = {
    ...{ integrationId: 'i', at: 1_798_000_000_000, isBackfill: false, branches: [], pullRequests: [] },
    issue: { id: '10001', key: 'DEMO-1', projectKey: 'DEMO' },
  };
  const context = { service, pages: linksOf(service), report, now: report.at };
  const head = (text: string) => ({ id: 'a'.repeat(40), message: text, author: text, at: '2026-11-20T12:00:00.000Z' });
  const pull = (source: string, number: number) => ({
    ...{ repository, number, title: source, url: `https://x.example/${source}`, state: 'draft' as const },
    ...{ source, target: source, author: source },
  });
  const body = (texts: readonly string[]) => ({
    repositories: [
      repositoryEntity(context, repository, {
        branches: texts.map((text) => branchEntity(context, repository, text, head(text))),
        pullRequests: texts.map((text, index) => pullRequestEntity(context, pull(text, index + 1))),
      }),
    ],
    properties: { integrationId: 'i' },
    preventTransitions: true,
  });

  it('follows Atlassian’s description, whatever branches, titles and people are called', () => {
    expect(editions[edition].id).toBe(edition);
    expect(judge(body([...odd, ' ']))).toEqual([]);
    // The judge can say no.
    const bad = body(['x']);
    Object.assign(bad.repositories[0]?.branches[0] ?? {}, { id: 'a/b', lastCommit: undefined });
    expect(judge(JSON.parse(JSON.stringify(bad)))).toHaveLength(2);
  });

  it('names a branch and its pull request by the same address, and two of anything never by the same id', () => {
    const [{ branches = [], pullRequests = [] } = {}] = body(odd).repositories;
    const addresses = pullRequests.map((one) => (one as unknown as { sourceBranchUrl: string }).sourceBranchUrl);
    expect(addresses).toEqual(branches.map(({ url }) => url));
    const ids = [...branches, ...pullRequests].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
