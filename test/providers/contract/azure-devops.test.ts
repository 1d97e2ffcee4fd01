import { holdToContract } from './contract';
import { azureDevOpsSubjects } from './subjects/azure-devops';

holdToContract(azureDevOpsSubjects);
