/** Door 2 of ESG: the module itself and its services. */
import type { Host, Module } from '@millwright/kernel';
import './permissions.ts';
import { emissionsMethod } from './emissions/method.ts';
import { emissionRoutes } from './emissions/routes.ts';
import { EmissionService } from './emissions/service.ts';
import { factorInput } from './evidence/factor-input.ts';
import { FactorRepository } from './factors/repository.ts';
import { factorRoutes } from './factors/routes.ts';
import { FactorService } from './factors/service.ts';
import { activityReader, kpiMethod } from './kpi/method.ts';
import { kpiRoutes } from './kpi/routes.ts';
import { KpiService } from './kpi/service.ts';
import { uploadRoutes } from './uploads/routes.ts';

/** What other modules may use of ESG. */
export interface EsgServices {
  readonly factors: FactorService;
  readonly emissions: EmissionService;
  readonly kpi: KpiService;
}

export const esgModule: Module<EsgServices> = {
  name: 'esg',
  needs: ['cloud'],
  migrations: new URL('../migrations/', import.meta.url),
  async start(host: Host) {
    const { db, ledger, blobs, clock, logger, http: app } = host;
    const repository = new FactorRepository(db);
    const factors = new FactorService({ db, ledger, blobs, clock, logger, repository });
    const read = factors.read.bind(factors);
    const activity = activityReader(blobs);
    const emissions = new EmissionService({ ledger, blobs, clock, factors });
    const kpi = new KpiService({ ledger, blobs, factors, activity });

    ledger.registerInput(factorInput(repository));
    ledger.registerMethod(emissionsMethod(read));
    ledger.registerMethod(kpiMethod({ read, activity }));
    uploadRoutes(app, blobs);
    factorRoutes(app, factors);
    emissionRoutes(app, emissions);
    kpiRoutes(app, kpi);

    await factors.seed();
    return { services: { factors, emissions, kpi } };
  },
};
