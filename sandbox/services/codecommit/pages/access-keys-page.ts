import { randomBytes } from 'node:crypto';
import { html, type Html } from 'local-forge/html';
import { readFields } from '../../pages/form.ts';
import type { CodeCommit } from '../context.ts';
import type { AccessKeyRecord } from '../store.ts';
import { dataResponse, pageResponse } from './page.ts';

const TITLE = 'My security credentials';
/** Source: IAM user guide, "Manage access keys for IAM users". */
const MOST_KEYS = 2;

const letters = (alphabet: string, count: number): string =>
  [...randomBytes(count)].map((byte) => alphabet[byte % alphabet.length]).join('');

/** An id as AWS makes them, and a secret of 40 characters. */
const newKey = (user: string, now: Date): AccessKeyRecord => ({
  id: `AKIA${letters('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
  secret: letters('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/+', 40),
  user,
  active: true,
  createdAt: now.toISOString(),
});

const keyRow = ({ id, user, active, createdAt }: AccessKeyRecord): Html =>
  html`<tr>
    <td>${user}</td>
    <td><code>${id}</code></td>
    <td>${active ? 'Active' : 'Inactive'}</td>
    <td>${createdAt.slice(0, 10)}</td>
    <td>
      <form method="post">
        <input type="hidden" name="key" value="${id}" />
        <button name="do" value="${active ? 'deactivate' : 'activate'}">${active ? 'Deactivate' : 'Activate'}</button>
        <button name="do" value="delete">Delete</button>
      </form>
    </td>
  </tr>`;

const overview = (aws: CodeCommit, said?: string): Response => {
  const users = aws.definition.users.map(({ name }) => name);
  return pageResponse(
    TITLE,
    html`${said !== undefined && html`<p role="alert">${said}</p>`}
      <form method="post">
        <label for="user">Signed in as</label>
        <select id="user" name="user">
          ${users.map((name) => html`<option>${name}</option>`)}
        </select>
        <button name="do" value="create">Create access key</button>
      </form>
      <table>
        <thead>
          <tr>
            <th>User</th>
            <th>Access key ID</th>
            <th>Status</th>
            <th>Created</th>
            <th>Actions</th>
          </tr>
        </thead>
        <tbody>
          ${users.flatMap((name) => aws.store.accessKeysOf(name)).map(keyRow)}
        </tbody>
      </table>`,
    said === undefined ? 200 : 422,
  );
};

/** `GET` lists the keys without their secrets; `POST` makes, switches or deletes one, and shows a new one this once. */
export const accessKeysPage = async (aws: CodeCommit, request: Request): Promise<Response> => {
  if (request.method === 'GET') return overview(aws);
  const wantsJson = (request.headers.get('accept') ?? '').includes('application/json');
  const no = (message: string): Response => (wantsJson ? dataResponse(422, { message }) : overview(aws, `${message}.`));
  const fields = await readFields(request);
  const action = fields.get('do') ?? 'create';
  if (action !== 'create') {
    const key = aws.store.accessKey(fields.get('key') ?? '');
    if (key === undefined) return no('There is no such access key');
    if (action === 'delete') aws.store.deleteAccessKey(key.id);
    else if (action === 'activate' || action === 'deactivate')
      aws.store.saveAccessKey({ ...key, active: action === 'activate' });
    else return no('This is not something to do with a key');
    return wantsJson ? dataResponse(200, { id: key.id }) : overview(aws);
  }
  const user = fields.get('user') ?? '';
  if (user === 'root' || aws.caller(user) === undefined) return no('There is no such user');
  if (aws.store.accessKeysOf(user).length >= MOST_KEYS) return no('A user can have two access keys at most');
  const key = newKey(user, aws.now());
  aws.store.addAccessKey(key);
  if (wantsJson) return dataResponse(200, { id: key.id, secret: key.secret, account: user });
  return pageResponse(
    'Retrieve access key',
    html`<p>This is the only time that the secret access key can be viewed.</p>
      <p>
        <label for="access-key-id">Access key</label>
        <input id="access-key-id" readonly size="24" value="${key.id}" />
      </p>
      <p>
        <label for="secret-access-key">Secret access key</label>
        <input id="secret-access-key" readonly size="44" value="${key.secret}" />
      </p>
      <p><a href="home">All access keys</a></p>`,
  );
};
