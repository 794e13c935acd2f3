/** Door 2 of energy: the module itself and its services, for the server and for modules that may use them. */
import { cloudModule } from '@millwright/cloud/server';
import type { Host, Module } from '@millwright/kernel';
import './permissions.ts';
import { adviceMethod } from './advice/advice-method.ts';
import { AdviceRepository } from './advice/repository.ts';
import { adviceRoutes } from './advice/routes.ts';
import { AdviceService } from './advice/service.ts';
import { billMethod } from './bills/bill-method.ts';
import { billRoutes } from './bills/routes.ts';
import { BillService } from './bills/service.ts';
import { consumptionMethod } from './consumption/consumption-method.ts';
import { consumptionRoutes } from './consumption/routes.ts';
import { ConsumptionService } from './consumption/service.ts';
import { baselineMethod, savingsMethod } from './measures/baseline-method.ts';
import { MeasureRepository } from './measures/repository.ts';
import { measureRoutes } from './measures/routes.ts';
import { MeasureService } from './measures/service.ts';
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

export type { Advice } from './advice/schemas.ts';
export type { AdviceService } from './advice/service.ts';
export type { BillAnswer, CostsAnswer } from './bills/schemas.ts';
export type { BillService } from './bills/service.ts';
export type { ConsumptionAnswer, ProvenConsumptionAnswer, SankeyAnswer } from './consumption/schemas.ts';
export type { ConsumptionRequest, ConsumptionService } from './consumption/service.ts';
export type { BaselineAnswer, Measure, SavingsAnswer } from './measures/schemas.ts';
export type { MeasureService } from './measures/service.ts';
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
  readonly measures: MeasureService;
  readonly advice: AdviceService;
}

export const energyModule: Module<EnergyServices> = {
  name: 'energy',
  needs: ['cloud'],
  migrations: new URL('../migrations/', import.meta.url),
  async start(host: Host) {
    const { db, ledger, clock, blobs, http: app } = host;
    const cloud = host.use(cloudModule);
    const readings = new Readings(cloud.measurements);
    const reports = new ReportService({ cloud, ledger, readings });
    const consumption = new ConsumptionService({ cloud, ledger, readings });
    const profiles = new ProfileService({ cloud, ledger, readings, reports });
    const tariffs = new TariffService({ db, ledger, clock, cloud, repository: new TariffRepository(db) });
    const overview = new OverviewService({ cloud, consumption, clock });
    const bills = new BillService({ cloud, ledger, readings, tariffs, clock });

    const measures = new MeasureService({
      ...{ db, ledger, blobs, clock, cloud, readings, repository: new MeasureRepository(db) },
    });

    const advice = new AdviceService({
      ...{ db, ledger, clock, cloud, readings, tariffs, measures, repository: new AdviceRepository(db) },
    });
    ledger.registerMethod(adviceMethod(readings));
    ledger.registerMethod(baselineMethod(readings));
    ledger.registerMethod(savingsMethod(readings));
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
    measureRoutes(app, measures);
    adviceRoutes(app, advice);
    return { services: { reports, consumption, profiles, tariffs, bills, overview, measures, advice } };
  },
};
