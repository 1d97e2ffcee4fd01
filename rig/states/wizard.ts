import type { ServiceName } from './prepared.ts';
import { type Ground, stop, type Walk } from './walk.ts';
import { hosts, sites } from './world.ts';

const page = { at: '/settings/apps', as: 'ada', site: sites.busy };
const button = ({ admin }: Ground, name: string) => admin.getByRole('button', { name, exact: true });

type Connecting = { tile: string; address?: readonly [label: string, typed: string]; consent?: true };

const wizards: Readonly<Record<ServiceName, Connecting>> = {
  'github.com': { tile: 'GitHub' },
  ghes: { tile: 'GitHub Enterprise', address: ['Address', `https://${hosts.gitHubEnterprise}`], consent: true },
  'gitlab.com': { tile: 'GitLab' },
  'gitlab-self-managed': {
    tile: 'GitLab Self-Managed',
    address: ['Address', `https://${hosts.gitLab}`],
    consent: true,
  },
  'azure-devops': { tile: 'Azure DevOps', address: ['Organization address', 'https://dev.azure.com/acme'] },
  'tfs-2017': {
    tile: 'Azure DevOps Server, TFS',
    address: ['Collection address', `https://${hosts.tfs}/tfs/DefaultCollection`],
    consent: true,
  },
  codecommit: { tile: 'AWS CodeCommit', address: ['Region', 'eu-central-1'] },
};

const wrongAddress = stop('add-address-wrong', async ({ admin }) => {
  await admin.getByLabel('Address', { exact: true }).fill('http://10.0.0.8');
  await admin.getByLabel('Address', { exact: true }).blur();
  await admin.getByText(/must start with https/).waitFor();
});

const wrongToken = stop('add-token-refused', async (ground) => {
  await ground.admin.getByLabel('Personal access token', { exact: true }).fill(`ghp_${'0'.repeat(36)}`);
  await button(ground, 'Test connection').click();
  await ground.admin.getByRole('alert').getByText("GitHub didn't accept this token").waitFor();
});

/** *Add new integration*, with every service: chosen, and connected. Nothing is added. */
export const wizardWalks: readonly Walk[] = (Object.keys(wizards) as ServiceName[]).map((service) => ({
  ...page,
  stops: [
    stop(`add-${nameOf(service)}`, async (ground) => {
      await ground.admin.getByRole('button', { name: 'Add new integration' }).first().click();
      await ground.admin.getByRole('button', { name: wizards[service].tile, exact: true }).click();
      await button(ground, 'Test connection').waitFor();
    }),
    ...(service === 'ghes' ? [wrongAddress] : []),
    ...(service === 'github.com' ? [wrongToken] : []),
    stop(`add-${nameOf(service)}-options`, (ground) => connect(ground, service)),
  ],
}));

/** In names of pictures. */
function nameOf(service: ServiceName): string {
  return service.replace('.com', '');
}

async function connect(ground: Ground, service: ServiceName): Promise<void> {
  const { admin, page: window, made } = ground;
  const { address, consent } = wizards[service];
  if (address) await admin.getByLabel(address[0], { exact: true }).fill(address[1]);
  const fields = service === 'codecommit' ? ['Access key ID', 'Secret access key'] : ['Personal access token'];
  for (const [at, part] of (await made.credentialAt(service)).entries())
    await admin.getByRole('textbox', { name: fields[at] ?? '', exact: true }).fill(part);
  await button(ground, 'Test connection').click();
  if (consent) await window.getByRole('dialog').getByRole('button', { name: 'Allow' }).click();
  await admin.getByText(/^Connected as/).waitFor();
}
