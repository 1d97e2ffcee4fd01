import { objectIn } from '../git-host/api.ts';
import { Refusal, jsonAnswer, jsonRefusal, notModelled } from './answers.ts';
import type { Caller, CodeCommit, Repository } from './context.ts';
import type { Input, Operation } from './names.ts';
import { operations } from './operations.ts';
import { decide, type Statement } from './policy.ts';
import { checkSignature, type SignatureProblem } from './signature.ts';
import { activeSecret } from './sts.ts';

/** Types of a signature's problems. Source: CodeCommit API reference, "Common errors"; the status is always 400 here (assumption). */
const signatureTypes: Readonly<Record<SignatureProblem, string>> = {
  missing: 'MissingAuthenticationTokenException',
  incomplete: 'IncompleteSignatureException',
  'unknown-key': 'UnrecognizedClientException',
  'wrong-scope': 'InvalidSignatureException',
  'wrong-time': 'InvalidSignatureException',
  'no-match': 'InvalidSignatureException',
};

/** The operation a request asks for, by `X-Amz-Target`; undefined when the header is not CodeCommit's. */
export const operationOf = (request: Request): string | undefined =>
  /^CodeCommit_20150413\.(\w+)$/.exec(request.headers.get('x-amz-target') ?? '')?.[1];

/** One call of the API: signature, then shape, then policy, then the operation. Every write leaves a line in the trail. */
export async function handleApi(aws: CodeCommit, request: Request): Promise<Response> {
  const body = new Uint8Array(await request.arrayBuffer());
  const now = aws.now();
  const name = operationOf(request) ?? '';
  const operation = operations[name];
  if (request.method !== 'POST' || operation === undefined)
    return notModelled(name || `${request.method} ${request.url}`);
  const { region } = aws.definition;
  const signature = checkSignature(request, body, {
    region,
    service: 'codecommit',
    now,
    secretOf: (id) => activeSecret(aws, id),
  });
  if (!signature.ok) return jsonRefusal(now, new Refusal(signatureTypes[signature.problem], signature.message));
  const caller = aws.caller(aws.store.tokenByValue(signature.keyId)?.account ?? '');
  if (caller === undefined) throw new Error(`The key ${signature.keyId} belongs to nobody`);
  const input = objectIn(new TextDecoder().decode(body));
  if (input === undefined) return jsonRefusal(now, new Refusal('SerializationException', 'The body is no JSON object'));
  const about = operation.about(input, aws);
  try {
    const value = await allowed(aws, caller, name, operation, input);
    if (operation.writes) note(aws, caller, name, about, undefined);
    return jsonAnswer(now, value);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (operation.writes) note(aws, caller, name, about, error.type);
    return jsonRefusal(now, error);
  }
}

async function allowed(
  aws: CodeCommit,
  caller: Caller,
  name: string,
  operation: Operation,
  input: Input,
): Promise<unknown> {
  operation.check?.(input);
  const { repository, reference } = operation.about(input, aws);
  const action = `codecommit:${name}`;
  const decision = decide(caller, { action, repository, reference });
  if (decision.kind !== 'allowed') {
    const { accountId, region } = aws.definition;
    const resource = `arn:${aws.partition}:codecommit:${region}:${accountId}:${repository ?? '*'}`;
    const why =
      decision.kind === 'denied'
        ? denial(decision.by, aws)
        : `because no identity-based policy allows the ${action} action`;
    throw new Refusal(
      'AccessDeniedException',
      `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
    );
  }
  return operation.run(aws, caller, input, (repository) => usable(aws, repository));
}

/** Source: IAM user guide, "Troubleshoot access denied error messages"; the name of a managed policy follows since 2026. */
function denial({ in: where, policy }: Statement, { partition, definition }: CodeCommit): string {
  const article = where.startsWith('i') ? 'an' : 'a';
  // AWS's own policies belong to no account.
  const owner = policy?.startsWith('AWS') ? 'aws' : definition.accountId;
  const named = policy === undefined ? '' : `: arn:${partition}:iam::${owner}:policy/${policy}`;
  return `with an explicit deny in ${article} ${where}${named}`;
}

const KEY_PROBLEMS = {
  'access-denied': ['EncryptionKeyAccessDeniedException', 'An encryption key could not be accessed.'],
  disabled: ['EncryptionKeyDisabledException', 'The encryption key is disabled.'],
  'not-found': ['EncryptionKeyNotFoundException', 'No encryption key was found.'],
  unavailable: ['EncryptionKeyUnavailableException', 'The encryption key is not available.'],
} as const;

/** A repository that exists and can be decrypted. */
function usable(aws: CodeCommit, name: string): Repository {
  const repository = aws.repository(name);
  if (repository === undefined) throw new Refusal('RepositoryDoesNotExistException', `${name} does not exist`);
  const { encryptionKey } = repository.definition;
  if (encryptionKey === 'usable') return repository;
  const [type, message] = KEY_PROBLEMS[encryptionKey];
  throw new Refusal(type, message);
}

const note = (
  aws: CodeCommit,
  caller: Caller,
  eventName: string,
  about: ReturnType<Operation['about']>,
  errorCode: string | undefined,
): void =>
  aws.store.addActivity({
    eventName,
    eventTime: aws.now().toISOString(),
    userArn: caller.arn,
    repository: about.repository ?? '',
    reference: about.reference,
    errorCode,
  });
