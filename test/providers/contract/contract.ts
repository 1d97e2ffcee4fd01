import { editions } from '../../../src/domain/editions';
import { creatingBranches, deletingBranches } from './branches';
import { credentials } from './credentials';
import { everyOperation } from './every-operation';
import { lists } from './lists';
import { usePlace, type Subject } from './place';
import { pullRequests, workOfAnIssue } from './pull-requests';
import { reviewers } from './reviewers';

/** Holds editions to every promise of `docs/provider-contract.md`. */
export function holdToContract(subjects: readonly Subject[]): void {
  describe.each(subjects)('$name', (subject) => {
    const place = usePlace(subject);
    describe('every operation', () => everyOperation(subject, place));
    describe('whose credential it is', () => credentials(subject, place));
    describe('lists', () => lists(subject, place));
    describe('creating a branch', () => creatingBranches(subject, place));
    describe('deleting a branch', () => deletingBranches(subject, place));
    describe('opening a pull request', () => pullRequests(subject, place));
    describe('the work of an issue', () => workOfAnIssue(subject, place));
    if (editions[subject.edition].capabilities.reviewers)
      describe('asking for a review', () => reviewers(subject, place));
  });
}
