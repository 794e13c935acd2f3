/** Door 2 of energy: the module itself and its services, for the server and for modules that may use them. */
import { cloudModule } from '@millwright/cloud/server';
import type { Host, Module } from '@millwright/kernel';
import './permissions.ts';
import { billMethod } from './bills/bill-method.ts';
import { billRoutes } from './bills/routes.ts';
import { BillService } from './bills/service.ts';
import { consumptionMethod } from './consumption/consumption-method.ts';
import { consumptionRoutes } from './consumption/routes.ts';
import { ConsumptionService } from './consumption/service.ts';
import { overviewRoutes } from './overview/routes.ts';
import { OverviewService } from './overview/service.ts';
import { profileRoutes } from './profiles/routes.ts';
import { ProfileService } from './profiles/service.ts';
import { specificMethod } from './profiles/specific-method.ts';
import { Readings } from './readings/readings.ts';
import { reportMethod } from './reports/report-method.ts';
import { reportRoutes } from './reports/routes.ts';
import { ReportService } from './reports/service.ts';
import { TariffRepository } from './tariffs/repository.ts';
import { tariffRoutes } from './tariffs/routes.ts';
import { TariffService } from './tariffs/service.ts';

export type { BillAnswer, CostsAnswer } from './bills/schemas.ts';
export type { BillService } from './bills/service.ts';
export type { ConsumptionAnswer, ProvenConsumptionAnswer, SankeyAnswer } from './consumption/schemas.ts';
export type { ConsumptionRequest, ConsumptionService } from './consumption/service.ts';
export type { OverviewAnswer } from './overview/schemas.ts';
export type { OverviewService } from './overview/service.ts';
export type { HeatMapAnswer, ProfileAnswer, SpecificAnswer } from './profiles/schemas.ts';
export type { ProfileService } from './profiles/service.ts';
export type { ReportAnswer } from './reports/schemas.ts';
export type { ReportRequest, ReportService } from './reports/service.ts';
export type { Assignment, StoredTariff } from './tariffs/schemas.ts';
export type { TariffService } from './tariffs/service.ts';

/** What other modules may use of energy. */
export interface EnergyServices {
  readonly reports: ReportService;
  readonly consumption: ConsumptionService;
  readonly profiles: ProfileService;
  readonly tariffs: TariffService;
  readonly bills: BillService;
  readonly overview: OverviewService;
}

export const energyModule: Module<EnergyServices> = {
  name: 'energy',
  needs: ['cloud'],
  migrations: new URL('../migrations/', import.meta.url),
  async start(host: Host) {
    const { db, ledger, clock, http: app } = host;
    const cloud = host.use(cloudModule);
    const readings = new Readings(cloud.measurements);
    const reports = new ReportService({ cloud, ledger, readings });
    const consumption = new ConsumptionService({ cloud, ledger, readings });
    const profiles = new ProfileService({ cloud, ledger, readings, reports });
    const tariffs = new TariffService({ db, ledger, clock, cloud, repository: new TariffRepository(db) });
    const overview = new OverviewService({ cloud, consumption, clock });
    const bills = new BillService({ cloud, ledger, readings, tariffs, clock });

    ledger.registerMethod(reportMethod(readings));
    ledger.registerMethod(consumptionMethod(readings));
    ledger.registerMethod(specificMethod(readings));
    ledger.registerMethod(billMethod(readings));
    reportRoutes(app, reports);
    profileRoutes(app, profiles);
    consumptionRoutes(app, consumption);
    tariffRoutes(app, tariffs);
    billRoutes(app, bills);
    overviewRoutes(app, overview);
    return { services: { reports, consumption, profiles, tariffs, bills, overview } };
  },
};
