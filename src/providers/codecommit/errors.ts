import { z, ZodError } from 'zod';
import type { ProviderError } from '../../domain/errors';
import { ProviderFailure } from '../transport';

/** What the SDK throws for an answer of the service: the error's type is its name. */
const refusal = z.object({
  name: z.string(),
  message: z.string().catch(''),
  $metadata: z.object({ httpStatusCode: z.number() }),
});

/** What the SDK throws for an answer it could not take apart. */
const unreadable = z.object({ $response: z.object({ statusCode: z.number() }) });

/** Reads what the SDK threw. Anything we do not know is `UNEXPECTED_ANSWER`, or thrown on when it is no answer at all. */
export function problemOf(thrown: unknown): ProviderError {
  if (thrown instanceof ProviderFailure) return thrown.problem;
  if (thrown instanceof ZodError) return { code: 'NOT_AN_API_ANSWER' };
  const refused = refusal.safeParse(thrown);
  if (refused.success) {
    const { name, message, $metadata } = refused.data;
    // A refusal is no success: this is the SDK's own complaint about what it could not read.
    if ($metadata.httpStatusCode < 400) return { code: 'NOT_AN_API_ANSWER' };
    return problemOfRefusal(name.split('#').at(-1) ?? name, message, $metadata.httpStatusCode);
  }
  const odd = unreadable.safeParse(thrown);
  if (!odd.success) throw thrown;
  const status = odd.data.$response.statusCode;
  return status < 400 ? { code: 'NOT_AN_API_ANSWER' } : { code: 'UNEXPECTED_ANSWER', status };
}

/**
 * Types of errors: those of an operation are in CodeCommit's API model, the others in "Common errors" of its API
 * reference and of that of the Security Token Service. All are answered with status 400 or 403, so the type decides.
 */
const byType: Readonly<Record<string, ProviderError>> = {
  UnrecognizedClientException: { code: 'AUTH_INVALID' },
  InvalidClientTokenId: { code: 'AUTH_INVALID' },
  InvalidClientTokenIdException: { code: 'AUTH_INVALID' },
  IncompleteSignature: { code: 'AUTH_INVALID' },
  IncompleteSignatureException: { code: 'AUTH_INVALID' },
  MissingAuthenticationToken: { code: 'AUTH_INVALID' },
  MissingAuthenticationTokenException: { code: 'AUTH_INVALID' },
  ExpiredToken: { code: 'AUTH_EXPIRED' },
  ExpiredTokenException: { code: 'AUTH_EXPIRED' },
  RequestExpired: { code: 'CLOCK_SKEW' },
  RequestTimeTooSkewed: { code: 'CLOCK_SKEW' },
  RequestInTheFuture: { code: 'CLOCK_SKEW' },
  OptInRequired: { code: 'ACCESS_KEY_ELSEWHERE' },
  RegionDisabledException: { code: 'ACCESS_KEY_ELSEWHERE' },
  RepositoryDoesNotExistException: { code: 'REPOSITORY_NOT_FOUND' },
  // A name of another shape is the name of no repository.
  InvalidRepositoryNameException: { code: 'REPOSITORY_NOT_FOUND' },
  BranchDoesNotExistException: { code: 'BRANCH_MISSING' },
  BranchNameExistsException: { code: 'BRANCH_EXISTS' },
  InvalidBranchNameException: { code: 'BRANCH_NAME_REFUSED' },
  // The branch moved between the two requests, and what it pointed at is gone.
  CommitDoesNotExistException: { code: 'SOURCE_BRANCH_MISSING' },
  DefaultBranchCannotBeDeletedException: { code: 'BRANCH_PROTECTED' },
  ReferenceDoesNotExistException: { code: 'SOURCE_BRANCH_MISSING' },
  InvalidReferenceNameException: { code: 'SOURCE_BRANCH_MISSING' },
  SourceAndDestinationAreSameException: { code: 'PULL_REQUEST_WITHOUT_COMMITS' },
  MaximumOpenPullRequestsExceededException: { code: 'PULL_REQUEST_LIMIT' },
  // `Title` and `Description` of the API model: 150 and 10,240 characters.
  InvalidTitleException: { code: 'PULL_REQUEST_TEXT_TOO_LONG' },
  InvalidDescriptionException: { code: 'PULL_REQUEST_TEXT_TOO_LONG' },
  EncryptionKeyAccessDeniedException: { code: 'ENCRYPTION_KEY_UNAVAILABLE' },
  EncryptionKeyDisabledException: { code: 'ENCRYPTION_KEY_UNAVAILABLE' },
  EncryptionKeyNotFoundException: { code: 'ENCRYPTION_KEY_UNAVAILABLE' },
  EncryptionKeyUnavailableException: { code: 'ENCRYPTION_KEY_UNAVAILABLE' },
  EncryptionIntegrityChecksFailedException: { code: 'ENCRYPTION_KEY_UNAVAILABLE' },
};

const THROTTLED: readonly string[] = [
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'LimitExceededException',
];
/** AWS does not say for how long; its limits are per second and refill at once (assumption). */
const THROTTLE_MS = 10_000;

function problemOfRefusal(type: string, message: string, status: number): ProviderError {
  if (THROTTLED.includes(type))
    return { code: 'RATE_LIMITED', retryAt: new Date(Date.now() + THROTTLE_MS).toISOString() };
  if (type === 'AccessDeniedException' || type === 'AccessDenied') return denied(message);
  if (type === 'InvalidSignatureException' || type === 'SignatureDoesNotMatch') {
    // Both are one type: a secret that does not fit, and a time that does not ("Signature expired: … is now earlier than …").
    return { code: /Signature (expired|not yet current)/i.test(message) ? 'CLOCK_SKEW' : 'ACCESS_KEY_SECRET_WRONG' };
  }
  return byType[type] ?? { code: 'UNEXPECTED_ANSWER', status };
}

/** The actions an access key may lack, as IAM names them. */
const ACTIONS: readonly string[] = [
  'ListRepositories',
  'GetRepository',
  'ListBranches',
  'GetBranch',
  'CreateBranch',
  'DeleteBranch',
  'CreatePullRequest',
  'ListPullRequests',
  'GetPullRequest',
].map((operation) => `codecommit:${operation}`);

/**
 * `User: arn:… is not authorized to perform: codecommit:CreateBranch on resource: arn:… because no identity-based policy
 * allows the codecommit:CreateBranch action`, or `… with an explicit deny in …` (IAM user guide, "Troubleshoot access
 * denied error messages"). AWS has no protected branches: an explicit deny on a branch, by condition, is how people make one.
 */
function denied(message: string): ProviderError {
  const action = /to perform: (codecommit:[A-Za-z]+)/.exec(message)?.[1];
  if (action === undefined || !ACTIONS.includes(action)) return { code: 'PERMISSION_DENIED' };
  if (!/explicit deny/i.test(message)) return { code: 'SCOPE_MISSING', missing: [action] };
  return { code: /(Create|Delete)Branch$/.test(action) ? 'BRANCH_PROTECTED' : 'PERMISSION_DENIED' };
}
