import { attribution } from '../../../src/domain/attribution';
import { editions } from '../../../src/domain/editions';
import { addressFor, offerings } from '../../../src/domain/offerings';
import { serviceAt } from '../../../src/domain/service';
import { requestOf, usePlace, valueOf, type Subject } from './place';
import { azureDevOpsSubjects } from './subjects/azure-devops';
import { codecommitSubjects } from './subjects/codecommit';
import { githubSubjects } from './subjects/github';
import { gitlabSubjects } from './subjects/gitlab';

/** The subject of an edition; of several the first. */
function of(subjects: readonly Subject[], edition: Subject['edition']): Subject {
  const found = subjects.find((subject) => subject.edition === edition);
  if (found === undefined) throw new Error(`Nothing stands for ${edition}`);
  return found;
}

/** An admin can connect the edition by what they would type, and a person is led to a token and then acts in their own name. */
function attributesWorkAt(subject: Subject, typed: string): void {
  const place = usePlace(subject);
  const { provider, repository, writer } = subject;
  const { capabilities } = editions[subject.edition];

  it(`is offered, and takes the address ${typed}`, () => {
    expect(offerings.filter((offering) => offering.editions.includes(subject.edition))).toHaveLength(1);
    const accepted = addressFor(subject.edition, typed);
    if (!accepted.ok) throw new Error(accepted.error);
    const { webUrl, apiUrl } = serviceAt(subject.edition, accepted.value);
    expect({ webUrl, apiUrl }).toEqual({
      webUrl: place.connection().service.webUrl,
      apiUrl: place.connection().service.apiUrl,
    });
  });

  it('asks for a token where one is required, and acts as the person who has one', () => {
    const asked = { required: true, capabilities };
    expect(attribution({ ...asked, hasToken: false })).toBe('setup-required');
    expect(attribution({ ...asked, hasToken: true })).toBe('person');
  });

  it('creates a branch, opens a pull request and deletes the branch with the person’s own credential', async () => {
    const name = place.fresh();
    const at = place.connection();
    expect(valueOf(await provider.checkToken(at)).login).toBe(writer.login);
    valueOf(await provider.createBranch(at, { repository, name, source: 'develop' }));
    expect(await place.head(name)).toBe(await place.head('develop'));
    const pull = valueOf(await provider.createPullRequest(at, requestOf(repository, name)));
    expect(pull).toMatchObject({ author: writer.login, source: name });
    valueOf(await provider.deleteBranch(at, { repository, name }));
    expect(await place.head(name)).toBe('');
  });
}

describe('REQ-37: GitHub.com', () => {
  attributesWorkAt(of(githubSubjects, 'github.com'), '');
});

describe('REQ-38: GitHub Enterprise', () => {
  describe('a server of one’s own', () =>
    attributesWorkAt(of(githubSubjects, 'ghes'), 'https://git.acme.example/ghe/'));
  describe('GHE.com', () => attributesWorkAt(of(githubSubjects, 'ghe.com'), 'https://acme.ghe.com'));
});

describe('REQ-39: GitLab.com', () => {
  attributesWorkAt(of(gitlabSubjects, 'gitlab.com'), '');
});

describe('REQ-40: GitLab self-managed', () => {
  attributesWorkAt(of(gitlabSubjects, 'gitlab-self-managed'), 'https://git.acme.example/');
});

describe('REQ-41: Microsoft Azure DevOps', () => {
  attributesWorkAt(of(azureDevOpsSubjects, 'azure-devops'), 'https://dev.azure.com/acme');
});

describe('REQ-42: Visual Studio Team Services (VSTS)', () => {
  attributesWorkAt(of(azureDevOpsSubjects, 'azure-devops'), 'https://acme.visualstudio.com/');
});

describe('REQ-43: Team Foundation Server', () => {
  describe.each(['tfs-2018', 'tfs-2017'] as const)('%s', (edition) => {
    attributesWorkAt(of(azureDevOpsSubjects, edition), `https://${edition}.acme.example/tfs/DefaultCollection`);
  });

  it.each(['tfs-2015', 'tfs-2013'] as const)(
    '%s has no tokens to act with, so nothing is done there as another',
    (edition) => {
      const asked = { required: true, capabilities: editions[edition].capabilities };
      expect(attribution({ ...asked, hasToken: false })).toBe('unsupported');
      expect(attribution({ ...asked, hasToken: true })).toBe('unsupported');
    },
  );
});

describe('REQ-44: AWS CodeCommit', () => {
  attributesWorkAt(of(codecommitSubjects, 'codecommit'), 'us-east-1');
});
