-- Rollups of before: what can be said from their number of readings, for those whose readings are gone, ...
update cloud_rollup r set covered = least(r.count * p.interval_seconds, case r.resolution when 'h' then 3600 else 86400 end)
from cloud_point p where p.number = r.point and p.interval_seconds is not null;

-- ... and a mark for each point, so that the next start computes from its readings all that has them. Where readings are
-- removed with time, the hour that lost some of them stays as it is.
insert into cloud_rollup_pending (point, from_time, to_time)
select r.point, m.first + case when p.retention_days is null then interval '0' else interval '1 hour' end, r.last
from (select point, max(last_time) as last from cloud_rollup group by point) r
join cloud_point p on p.number = r.point
cross join lateral (select min(time) as first from cloud_measurement where point = r.point) m
where m.first is not null;
