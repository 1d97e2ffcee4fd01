import { editions } from '../../../src/domain/editions';
import { whole } from '../../support/whole';
import { creatingBranches, deletingBranches, whereBranchesAre } from './branches';
import { credentials } from './credentials';
import { carriage, everyOperation } from './every-operation';
import { lists } from './lists';
import { usePlace, type Subject } from './place';
import { pullRequests, workOfAnIssue } from './pull-requests';
import { requestExtras, requestForms } from './request-form';
import { reviewers } from './reviewers';

/**
 * The editions that represent all by day: the newest, the oldest, and one of each set of capabilities. Every edition, by day too, has
 * the short tables of its provider's own folder, for its version of the API.
 */
function byDay(subjects: readonly Subject[]): readonly Subject[] {
  const kind = ({ edition }: Subject) => JSON.stringify(editions[edition].capabilities);
  const kinds = subjects.map(kind);
  return subjects.filter((subject, at) => kinds.indexOf(kind(subject)) === at || at === subjects.length - 1);
}

/**
 * Checks editions against every promise of `docs/provider-contract.md`. The transport does not know editions, so by day its
 * promises are proved once for a provider.
 */
export function holdToContract(subjects: readonly Subject[]): void {
  describe.each(whole ? subjects : byDay(subjects))('$name', (subject) => {
    const place = usePlace(subject);
    const full = whole || subject === subjects[0];
    if (full) describe('every operation, as it is carried', () => carriage(subject, place));
    describe('every operation', () => everyOperation(subject, place));
    describe('whose credential it is', () => credentials(subject, place));
    describe('lists', () => lists(subject, place));
    describe('creating a branch', () => creatingBranches(subject, place, full));
    describe('deleting a branch', () => deletingBranches(subject, place));
    describe('opening a pull request', () => pullRequests(subject, place));
    describe('the work of an issue', () => workOfAnIssue(subject, place));
    describe('where a branch is', () => whereBranchesAre(subject, place));
    if (editions[subject.edition].capabilities.reviewers)
      describe('asking for a review', () => reviewers(subject, place));
    if (editions[subject.edition].capabilities.requestTemplates)
      describe('what a description begins with', () => requestForms(subject, place));
    const { requestExtras: hasExtras, requestRules } = editions[subject.edition].capabilities;
    if (hasExtras ?? requestRules) describe('what a pull request gets besides', () => requestExtras(subject, place));
  });
}
