import { z } from 'zod';
import { siteSchema, type Site } from './sites.ts';

const people = [
  { id: 'ada', accountId: '712020:ada00000-0000-4000-8000-000000000001', displayName: 'Ada Admin', jiraAdmin: true },
  { id: 'alice', accountId: '712020:a11ce000-0000-4000-8000-000000000002', displayName: 'Alice Developer' },
  { id: 'bob', accountId: '712020:b0b00000-0000-4000-8000-000000000003', displayName: 'Bob Developer' },
  { id: 'carol', accountId: '712020:ca401000-0000-4000-8000-000000000004', displayName: 'Carol Reporter' },
];
const developers = ['ada', 'alice', 'bob'];

/** Two customers with the same people: a company, and another one that must never see the first. */
export const demoSites: readonly Site[] = z.array(siteSchema).parse([
  {
    id: 'acme',
    cloudId: '11111111-1111-4111-8111-111111111111',
    name: 'Acme',
    people,
    projects: [
      {
        id: '10000',
        key: 'DEMO',
        name: 'Demo shop',
        permissions: { BROWSE_PROJECTS: '*', VIEW_DEV_TOOLS: developers },
      },
      {
        id: '10001',
        key: 'OPS',
        name: 'Operations',
        permissions: { BROWSE_PROJECTS: developers, VIEW_DEV_TOOLS: developers, ASSIGN_ISSUES: ['ada'] },
      },
    ],
    issues: [
      {
        id: '10100',
        key: 'DEMO-1',
        summary: 'Login fails after password reset',
        type: 'Bug',
        assignee: 'alice',
        status: 'In Progress',
        components: ['Sign-in'],
        fixVersions: ['2.1.0'],
        parent: 'DEMO-2',
        description: 'After a password reset the first login answers "session expired".',
      },
      { id: '10101', key: 'DEMO-2', summary: 'Überraschung: 日本語 in a title', type: 'Story', assignee: 'bob' },
      { id: '10112', key: 'DEMO-12', summary: 'Checkout shows the wrong currency', type: 'Bug' },
      { id: '10200', key: 'OPS-1', summary: 'Rotate the certificates', type: 'Task', assignee: 'ada' },
    ],
  },
  {
    id: 'globex',
    cloudId: '22222222-2222-4222-8222-222222222222',
    name: 'Globex',
    people,
    projects: [
      {
        id: '10000',
        key: 'DEMO',
        name: 'Globex demo',
        permissions: { BROWSE_PROJECTS: '*', VIEW_DEV_TOOLS: developers },
      },
    ],
    issues: [{ id: '10100', key: 'DEMO-1', summary: 'Another customer’s issue with the same key', type: 'Task' }],
  },
]);
