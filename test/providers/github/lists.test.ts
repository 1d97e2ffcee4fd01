import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { github } from '../../../src/providers/github';
import { tokens } from '../../../rig/github-world';
import { places, useInstallation } from './connected';

const web = 'acme/web';

describe.each(places)('On $edition', (place) => {
  const at = useInstallation(place);

  describe('GitHub: finding repositories and branches', () => {
    it('lists writable ones of the requested owners, in one request', async () => {
      const found = await github.listRepositories(at.as(tokens.alice), { owners: ['acme'], search: '' });

      expect(found.ok && found.value.items.map((item) => item.name).sort()).toEqual([
        'acme/api',
        'acme/fresh',
        'acme/web',
      ]);
      expect(found.ok && found.value.items.find((item) => item.name === web)).toEqual({
        name: web,
        url: `${place.webUrl}/acme/web`,
        defaultBranch: 'main',
      });
      expect(at.door.requests).toHaveLength(1);
    });

    it('says where to approve a token when an organization withholds its repositories for single sign-on', async () => {
      const found = await github.listRepositories(at.as(tokens.alice), { owners: ['acme', 'acme-secure'], search: '' });

      expect(found).toMatchObject({ ok: true, value: { approveUrl: `${place.webUrl}/settings/tokens` } });
      expect(found.ok && found.value.items.map((item) => item.name)).not.toContain('acme-secure/vault');
    });

    it('leaves out what one may only read', async () => {
      const found = await github.listRepositories(at.as(tokens.bob), { owners: ['acme'], search: '' });
      expect(found.ok && found.value.items.map((item) => item.name)).toEqual([]);
    });

    it('searches by name, and by owner before a slash', async () => {
      for (const search of ['web', 'WEB', 'acme/web', 'ac/we', 'w"e:b org:evil'.replace('"e:b org:evil', 'eb')]) {
        const found = await github.listRepositories(at.as(tokens.alice), { owners: ['acme', 'alice'], search });
        expect([search, found.ok && found.value.items.map((item) => item.name)]).toEqual([search, [web]]);
      }
    });

    it('does not let a search term leave the owners', async () => {
      const found = await github.listRepositories(at.as(tokens.alice), { owners: ['acme'], search: 'x user:alice' });
      expect(found.ok && found.value.items).toEqual([]);
    });

    it('finds branches by any part of their name, in one request', async () => {
      const found = await github.listBranches(at.as(tokens.alice), { repository: web, search: 'login' });

      expect(found).toMatchObject({
        ok: true,
        value: { items: [{ name: 'feature/DEMO-1-login', commit: expect.stringMatching(/^[0-9a-f]{40}$/) as string }] },
      });
      expect(at.door.requests).toHaveLength(1);
    });

    it('says so when a repository is not there or hidden', async () => {
      for (const repository of ['acme/nothing', 'acme/web']) {
        expect(await github.listBranches(at.as(tokens.carol), { repository, search: '' })).toEqual({
          ok: false,
          error: { code: 'REPOSITORY_NOT_FOUND' },
        });
      }
    });
  });

  describe('GitHub: what an issue has', () => {
    it('is found by the key as a whole word, in one request', async () => {
      await github.createPullRequest(at.as(tokens.alice), {
        repository: web,
        source: 'develop',
        target: 'main',
        title: 'Fixes DEMO-1',
        description: '',
        draft: true,
      });
      at.door.requests.length = 0;

      const work = await github.findWork(at.as(tokens.alice), {
        issueKey: 'DEMO-1',
        owners: ['acme'],
        repositories: [web, 'acme/api'],
      });

      expect(work.ok && work.value.branches.map((branch) => branch.name).sort()).toEqual([
        'demo-1-lower-case',
        'feature/DEMO-1-login',
      ]);
      expect(work.ok && work.value.pullRequests).toMatchObject([
        { title: 'Fixes DEMO-1', state: 'draft', author: 'alice', source: 'develop', repository: web },
      ]);
      expect(at.door.requests).toHaveLength(1);
    });

    it('is found although one of the repositories is hidden', async () => {
      const work = await github.findWork(at.as(tokens.alice), {
        issueKey: 'DEMO-1',
        owners: ['acme'],
        repositories: ['acme/gone', web],
      });
      expect(work.ok && work.value.branches).toHaveLength(2);
    });
  });

  describe('GitHub’s published GraphQL schema', () => {
    it('takes every question the adapter asks', async () => {
      const documents: string[] = [];
      const inner = globalThis.fetch;
      globalThis.fetch = async (input, init) => {
        if (
          String(input instanceof Request ? input.url : input).endsWith('/graphql') &&
          typeof init?.body === 'string'
        ) {
          documents.push((JSON.parse(init.body) as { query: string }).query);
        }
        return inner(input, init);
      };
      await github.listRepositories(at.as(tokens.alice), { owners: ['acme'], search: 'web' });
      await github.listBranches(at.as(tokens.alice), { repository: web, search: 'x' });
      await github.findWork(at.as(tokens.alice), { issueKey: 'DEMO-1', owners: ['acme'], repositories: [web] });
      await github.findWork(at.as(tokens.alice), { issueKey: 'DEMO-1', owners: ['acme'], repositories: [] });
      await github.searchWork?.(at.as(tokens.alice), { search: '', owners: [], repositories: [web] });

      const schema = buildSchema(
        await readFile(join(process.cwd(), 'node_modules/@octokit/graphql-schema/schema.graphql'), 'utf8'),
        { assumeValidSDL: true },
      );

      expect(documents).toHaveLength(5);
      expect(documents.flatMap((document) => validate(schema, parse(document)).map((error) => error.message))).toEqual(
        [],
      );
    });
  });
});
