import { editions } from '../../src/domain/editions.ts';
import type { Branches } from './branches.ts';
import { closePulls } from './clean.ts';
import { connection, isCode, nameOf, open, skip, TITLE, trial, type Home, type Kit } from './kit.ts';
import { ISSUE } from './manners.ts';

const OPENED = [50, 51, 52, 53, 54, 55, 58, 60, 67, 68] as const;
const REVIEWS = [64, 65, 66, 67, 68] as const;

/**
 * Opens a pull request between two branches of this run, and closes it when nothing needs it any more. Returns the ends of one more, which
 * `tryDraft` opens; undefined if the repository has nothing to merge.
 */
export async function tryPullRequests(kit: Kit, { other }: Home, made: Branches): Promise<Ends | undefined> {
  const { pullRequestsWithoutCommits, reviewers } = editions[kit.service.edition.id].capabilities;
  if (reviewers === undefined) skip(kit, REVIEWS, 'the edition has no reviewers');
  await tryMissingEnds(kit, made);
  if (!pullRequestsWithoutCommits) {
    await trial(kit, [57], async (check) => {
      const answer = await open(kit, made.behind, made.target);
      check(57, isCode(answer, 'PULL_REQUEST_WITHOUT_COMMITS'), answer);
    });
    if (other === undefined) {
      skip(kit, OPENED, 'needs two branches with different commits');
      return undefined;
    }
  }
  const { behind, odd, second, target } = made;
  // It is unknown which of the two commits is newer. Where it matters, both ways are tried.
  const ends: readonly Ends[] = pullRequestsWithoutCommits
    ? [{ source: behind, target }]
    : [
        { source: second, target },
        { source: target, target: second },
      ];
  const opened = await tryOpening(kit, ends);
  if (opened !== undefined) {
    await tryTwice(kit, opened);
    await tryWork(kit, made);
    await closePulls(kit);
  }
  await trial(kit, [59], async (check) => check(59, !(await open(kit, second, odd)).ok, 'a pull request'), 'not sent');
  return opened?.source === target ? { source: target, target: odd } : { source: odd, target };
}

export type Ends = { source: string; target: string };
type Opened = Ends & { url: string };

async function tryMissingEnds(kit: Kit, { second, target }: Branches): Promise<void> {
  await trial(kit, [56], async (check) => {
    const to = await open(kit, second, nameOf(kit, 'gone'));
    check(56, isCode(to, 'TARGET_BRANCH_MISSING'), to);
    // Where one refusal means either end, the adapter has to look twice. One try is enough here.
    if (kit.gate.seen().requests > 2) return;
    const from = await open(kit, nameOf(kit, 'gone'), target);
    check(56, isCode(from, 'SOURCE_BRANCH_MISSING'), from);
  });
}

/** Requests the same pull request twice at once, the other way round if there is nothing to merge. */
async function tryOpening(kit: Kit, [ends, ...more]: readonly Ends[]): Promise<Opened | undefined> {
  const { service, gate } = kit;
  if (ends === undefined) return undefined;
  let opened: Opened | undefined;
  let empty = false;
  await trial(kit, [50, 51, 55, 57, 68], async (check) => {
    const before = gate.exchanges.length;
    const answers = await Promise.all([open(kit, ends.source, ends.target), open(kit, ends.source, ends.target)]);
    empty = more.length > 0 && answers.every((answer) => isCode(answer, 'PULL_REQUEST_WITHOUT_COMMITS'));
    if (empty) return;
    const made = answers.find((answer) => answer.ok)?.value;
    if (made === undefined) return check(50, false, answers);
    opened = { ...ends, url: made.url };
    const isThis = made.source === ends.source && made.target === ends.target && made.state === 'open';
    check(50, isThis && made.number > 0 && made.url.startsWith(`${service.webUrl}/`), made);
    check(51, made.title === TITLE, made.title);
    check(57, true);
    const urls = answers.map((answer) =>
      answer.ok ? answer.value.url : answer.error.code === 'PULL_REQUEST_EXISTS' ? answer.error.url : answer.error.code,
    );
    check(55, urls[0] === urls[1], answers);
    const asks = gate.exchanges.slice(before).filter(({ url }) => /reviewers/i.test(url)).length;
    if (editions[service.edition.id].capabilities.reviewers !== undefined) check(68, asks === 0, `${asks} requests`);
  });
  return empty ? tryOpening(kit, more) : opened;
}

async function tryTwice(kit: Kit, { source, target, url }: Opened): Promise<void> {
  await trial(kit, [54], async (check) => {
    const answer = await open(kit, source, target, { title: `${TITLE}, once more` });
    check(54, !answer.ok && answer.error.code === 'PULL_REQUEST_EXISTS' && answer.error.url === url, answer);
  });
}

/** A draft between branches, one of which has an odd name. Its answer is lost. Possible reviewers are searched. */
export async function tryDraft(kit: Kit, ends: Ends, login: string): Promise<void> {
  const { draftPullRequests } = editions[kit.service.edition.id].capabilities;
  await trial(
    kit,
    [10, 52, 53, 58],
    async (check) => {
      const answer = await open(kit, ends.source, ends.target, { draft: true });
      if (isCode(answer, 'DRAFTS_UNAVAILABLE')) return skip(kit, [52, 53, 58], 'this plan has no drafts');
      check(58, answer.ok, answer);
      if (!answer.ok) return;
      check(52, answer.value.source === ends.source && answer.value.target === ends.target, answer);
      check(53, answer.value.state === (draftPullRequests ? 'draft' : 'open'), answer);
      check(10, kit.gate.seen().writes === 1, `${kit.gate.seen().writes} writes`);
    },
    'answer lost',
  );
  await tryReviewers(kit, login);
  await closePulls(kit);
}

/** People are searched, but no review is requested, because that would send a message. */
async function tryReviewers(kit: Kit, login: string): Promise<void> {
  const { provider, repository, gate, ledger, manners } = kit;
  if (provider.findReviewers === undefined) return;
  const [number] = [...ledger.pulls].reverse();
  if (provider.requestReviewers === undefined || number === undefined)
    skip(kit, [67], 'people are asked along with the pull request there, which would need one more');
  else
    await trial(kit, [67], async (check) => {
      const reviewers = [manners.nobodyToAsk];
      const unasked = await provider.requestReviewers?.(connection(kit), { repository, number, reviewers });
      check(67, unasked?.reviewers[0] === manners.nobodyToAsk && unasked.error.code === 'REVIEWERS_REFUSED', unasked);
    });
  await trial(kit, [64, 65], async (check) => {
    // A person who opened a pull request there exists there.
    const search = login.slice(1).toUpperCase();
    const found = await provider.findReviewers?.(connection(kit), { repository, search });
    const people = found?.ok === true ? found.value : [];
    const ids = people.map(({ id }) => id);
    check(
      65,
      found?.ok === true && gate.seen().requests <= 2 && ids.length <= 20 && new Set(ids).size === ids.length,
      found,
    );
    check(
      64,
      people.some((one) => [one.login, one.name].includes(login)),
      found,
    );
    if (gate.seen().requests > 1) return;
    const nobody = await provider.findReviewers?.(connection(kit), { repository, search: 'nobody is called so' });
    check(64, nobody?.ok === true && nobody.value.length === 0, nobody);
  });
}

/** The issue whose key all names hold, in an existing repository beside a missing one. */
async function tryWork(kit: Kit, { target }: Branches): Promise<void> {
  const { provider, repository, owners, ledger, manners } = kit;
  await trial(kit, [60, 61], async (check) => {
    const repositories = [`${repository}-${nameOf(kit, 'gone')}`, repository];
    const asked = { issueKey: ISSUE, owners, repositories, requests: manners.workCost };
    const found = await provider.findWork(connection(kit), asked);
    const names = found.ok ? found.value.branches.map(({ name }) => name) : [];
    const pulls = found.ok ? found.value.pullRequests.map(({ number }) => number) : [];
    check(61, names.includes(target), found);
    check(60, names.includes(target) && [...ledger.pulls].every((number) => pulls.includes(number)), [names, pulls]);
  });
}
