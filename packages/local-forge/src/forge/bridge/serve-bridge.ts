import { z } from 'zod';
import { moduleContext } from '../../jira/context.ts';
import type { Jira } from '../../jira/open-jira.ts';
import type { EgressApprovals } from '../egress-approvals.ts';
import { isSiteAdmin } from '../../sites.ts';
import { siteUrl } from '../context.ts';
import type { PageCall } from '../invoke.ts';
import type { Manifest } from '../manifest.ts';
import { realtimeChannel, type Realtime } from './realtime.ts';

export type BridgeDependencies = {
  manifest: Manifest;
  jira: Jira;
  /** Calls the platform. Resolves to the resolver's result; rejects with a message that the page may see. */
  invoke(call: PageCall): Promise<unknown>;
  egress: Pick<EgressApprovals, 'get' | 'set' | 'deleteDomain' | 'deleteGroup'>;
};
type Dependencies = BridgeDependencies & { realtime: Realtime };

const request = z.object({
  as: z.string(),
  site: z.string(),
  module: z.string(),
  issueKey: z.string().nullable(),
  projectKey: z.string().nullable().default(null),
  modal: z.unknown().optional(),
  command: z.string(),
  payload: z.unknown().optional(),
});
type BridgeRequest = z.output<typeof request>;

const invocation = z.object({ functionKey: z.string(), payload: z.unknown().optional() });
const productRequest = z.object({
  restPath: z.string().startsWith('/'),
  fetchRequestInit: z.object({
    method: z.string().default('GET'),
    body: z.string().nullish(),
    headers: z.array(z.tuple([z.string(), z.string()])).default([]),
  }),
});
const egressQuery = z
  .object({ keys: z.array(z.string()), pageSize: z.int().min(1), nextPageToken: z.string() })
  .partial();
const egressGroups = z.object({
  egresses: z.array(
    z.object({
      key: z.string(),
      description: z.string(),
      configured: z.array(z.object({ domain: z.string(), type: z.array(z.string()) })),
    }),
  ),
});
const egressDomain = z.object({ key: z.string(), domain: z.string(), type: z.string() });
const egressGroup = z.object({ key: z.string() });

/**
 * Answers the bridge commands that need the platform: `{result}` or `{error: {message}}`. The person is the one that the page was
 * shown to. Only the app and Jira check permissions; display conditions are ignored.
 */
export async function serveBridge(dependencies: Dependencies, body: unknown): Promise<Response> {
  try {
    const parsed = request.safeParse(body);
    if (!parsed.success) return failed(400, `This is no bridge request: ${z.prettifyError(parsed.error)}`);
    return Response.json({ result: (await run(dependencies, parsed.data)) ?? null });
  } catch (error) {
    return failed(200, error instanceof Error ? error.message : String(error));
  }
}

/** The person and the page of a request, and the page's context. */
function placeOf(
  { manifest, jira }: Dependencies,
  call: Pick<BridgeRequest, 'as' | 'site' | 'module' | 'issueKey' | 'projectKey'>,
) {
  const module = manifest.uiModules.find(({ key }) => key === call.module);
  if (!module) throw new Error(`The app has no module ${call.module}.`);
  const person = jira.person(call.site, call.as);
  if (!person && call.as !== 'anonymous') throw new Error(`There is nobody called ${call.as}.`);
  const issue = call.issueKey === null ? undefined : jira.issue(call.site, call.issueKey);
  if (call.issueKey !== null && !issue) throw new Error(`There is no issue ${call.issueKey}.`);
  const context = moduleContext(jira, manifest, call.site, module, person, issue, call.projectKey);
  return { module, person, context };
}

async function run(dependencies: Dependencies, call: BridgeRequest): Promise<unknown> {
  const { manifest, jira, egress } = dependencies;
  const { module, person, context } = placeOf(dependencies, call);
  const mayChangeEgress = () => {
    if (!isSiteAdmin(person)) throw new Error('Only an administrator can change egress.');
    return egress;
  };

  switch (call.command) {
    case 'invoke': {
      const { functionKey, payload } = invocation.parse(call.payload);
      const modal = call.modal === undefined ? {} : { modal: call.modal };
      return dependencies.invoke({
        site: call.site,
        accountId: person?.accountId,
        moduleKey: module.key,
        call: functionKey,
        payload,
        context: { ...context, extension: { ...context.extension, ...modal } },
      });
    }
    case 'fetchProduct': {
      const { restPath, fetchRequestInit: init } = productRequest.parse(call.payload);
      const { method, headers, body } = init;
      const site = jira.site(call.site);
      if (!site) throw new Error(`There is no site ${call.site}.`);
      const response = await jira.rest(
        new Request(`${siteUrl(site)}${restPath}`, { method, headers, ...(body ? { body } : {}) }),
        {
          siteId: call.site,
          scopes: manifest.scopes,
          ...(person ? { as: 'user', accountId: person.accountId } : { as: 'none' }),
        },
      );
      return {
        status: response.status,
        statusText: response.statusText,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
        isAttachment: false,
      };
    }
    case 'publishRealtimeChannel': {
      const { eventPayload, ...channel } = realtimeChannel.extend({ eventPayload: z.unknown() }).parse(call.payload);
      return dependencies.realtime.publish(call.site, context, channel, eventPayload);
    }
    case 'subscribeRealtimeChannel': {
      const { after, ...channel } = realtimeChannel.extend({ after: z.number().optional() }).parse(call.payload);
      return dependencies.realtime.since(call.site, context, channel, after);
    }
    case '__permission__egressGet': {
      const { keys, pageSize, nextPageToken } = egressQuery.parse(call.payload ?? {});
      return egress.get(call.site, {
        ...(keys && { keys }),
        ...(pageSize !== undefined && { pageSize }),
        ...(nextPageToken !== undefined && { nextPageToken }),
      });
    }
    case '__permission__egressSet':
      return mayChangeEgress().set(call.site, egressGroups.parse(call.payload).egresses);
    case '__permission__egressDeleteDomain':
      return mayChangeEgress().deleteDomain(call.site, egressDomain.parse(call.payload));
    case '__permission__egressDeleteGroup':
      return mayChangeEgress().deleteGroup(call.site, egressGroup.parse(call.payload));
    default:
      throw new Error(`not modelled by the sandbox: ${call.command}`);
  }
}

function failed(status: number, message: string): Response {
  return Response.json({ error: { message } }, { status });
}
