/** Door 2 of ESG: the module itself and its services. */
import { cloudModule } from '@millwright/cloud/server';
import type { Host, Module } from '@millwright/kernel';
import './permissions.ts';
import type { ActivityStatement } from './activity/activity-entry.ts';
import { ActivityRepository } from './activity/repository.ts';
import { activityRoutes } from './activity/routes.ts';
import { ActivityService } from './activity/service.ts';
import { CertificateRepository } from './certificates/repository.ts';
import { certificateRoutes } from './certificates/routes.ts';
import { CertificateService, type CertificateStatement } from './certificates/service.ts';
import { emissionsMethod } from './emissions/method.ts';
import { emissionRoutes } from './emissions/routes.ts';
import { EmissionService } from './emissions/service.ts';
import { contentInput } from './evidence/content-input.ts';
import { factorInput } from './evidence/factor-input.ts';
import { FactorRepository } from './factors/repository.ts';
import { factorRoutes } from './factors/routes.ts';
import { FactorService } from './factors/service.ts';
import { figureRoutes } from './figures/routes.ts';
import { Gatherer, saysOf } from './inventory/gather.ts';
import { inventoryMethod } from './inventory/method.ts';
import type { ResolveParts } from './inventory/resolve.ts';
import { inventoryRoutes } from './inventory/routes.ts';
import { InventoryService } from './inventory/service.ts';
import { activityReader, kpiMethod } from './kpi/method.ts';
import { kpiRoutes } from './kpi/routes.ts';
import { KpiService } from './kpi/service.ts';
import { findingInput, restatementMethod } from './restatement/method.ts';
import { restatementRoutes } from './restatement/routes.ts';
import { RestatementService } from './restatement/service.ts';
import { SteamMeterRepository } from './steam/repository.ts';
import { steamRoutes } from './steam/routes.ts';
import { SteamMeterService } from './steam/service.ts';
import { uploadRoutes } from './uploads/routes.ts';

/** What other modules may use of ESG. */
export interface EsgServices {
  readonly factors: FactorService;
  readonly activity: ActivityService;
  readonly certificates: CertificateService;
  readonly emissions: EmissionService;
  readonly inventory: InventoryService;
  readonly kpi: KpiService;
  readonly restatements: RestatementService;
  readonly steam: SteamMeterService;
}

export const esgModule: Module<EsgServices> = {
  name: 'esg',
  needs: ['cloud'],
  migrations: new URL('../migrations/', import.meta.url),
  async start(host: Host) {
    const { db, ledger, blobs, clock, logger, http: app } = host;
    const { plant, points, measurements } = host.use(cloudModule);
    const rows = {
      factor: new FactorRepository(db),
      activity: new ActivityRepository(db),
      certificate: new CertificateRepository(db),
    };
    const factors = new FactorService({ db, ledger, blobs, clock, logger, repository: rows.factor });
    const activity = new ActivityService({ db, ledger, blobs, clock, plant, factors, repository: rows.activity });
    const certificates = new CertificateService({ db, ledger, blobs, clock, plant, repository: rows.certificate });
    const read = factors.read.bind(factors);
    const resolve: ResolveParts = {
      measurements,
      activity: activity.read.bind(activity),
      certificate: certificates.read.bind(certificates),
    };
    const readActivity = activityReader(blobs, resolve);
    const steam = new SteamMeterService({ db, ledger, clock, points, repository: new SteamMeterRepository(db) });
    const gatherer = new Gatherer({ plant, points, measurements, activity, certificates, steam, clock });
    const methods = [
      emissionsMethod(read),
      inventoryMethod({ read, resolve }),
      kpiMethod({ read, activity: readActivity }),
    ];
    const emissions = new EmissionService({ ledger, blobs, clock, plant, factors });
    const inventory = new InventoryService({ ledger, plant, factors, gatherer, resolve });
    const kpi = new KpiService({ ledger, blobs, factors, activity: readActivity, plant, gatherer, resolve });
    const restatements = new RestatementService({ ledger, factors, methods });

    ledger.registerInput(factorInput(rows.factor));
    ledger.registerInput(contentInput<ActivityStatement>('activity', (id) => rows.activity.one(id), saysOf));
    ledger.registerInput(
      contentInput<CertificateStatement>(
        'certificate',
        (id) => rows.certificate.one(id),
        ({ certificate, registry, MWh, year }) => `${certificate} of ${registry}: ${MWh} MWh for ${year}`,
      ),
    );
    ledger.registerInput(findingInput(ledger));
    for (const method of [...methods, restatementMethod({ ledger, methods })]) ledger.registerMethod(method);
    uploadRoutes(app, blobs);
    factorRoutes(app, factors);
    activityRoutes(app, activity);
    certificateRoutes(app, certificates);
    emissionRoutes(app, emissions);
    inventoryRoutes(app, inventory);
    kpiRoutes(app, kpi);
    restatementRoutes(app, restatements);
    steamRoutes(app, steam);
    figureRoutes(app, ledger);

    await factors.seed();
    return { services: { factors, activity, certificates, emissions, inventory, kpi, restatements, steam } };
  },
};
