import type { Refusal } from '../refusals';
import { refusalsOfAccounts } from './refusals-of-accounts';
import { refusalsOfChanges } from './refusals-of-changes';
import { refusalsOfRepositories } from './refusals-of-repositories';

/**
 * What GitHub refuses, and what it means. The first row that fits decides, so a row is above the vaguer ones of its status. A text
 * is `message`, then for each of `errors` its `message` and its field with its code. An error of GraphQL has the status and the
 * type of its. A source `owner/name#number` is a public issue that quotes the text.
 */
export const refusals: readonly Refusal[] = [...refusalsOfAccounts, ...refusalsOfRepositories, ...refusalsOfChanges];
