import { connectSqlite } from '@desk-connect/bridge/store/sqlite.js';

/**
 * Makes an embedded store one of `links` pairs. Those that are in it stay, spread evenly among the others, which are
 * like one of its cases and belong to no record. The bridge must not run.
 */
export function lengthen(folder: string, links: number): void {
  const { database } = connectSqlite(folder);
  // It is thrown away where this fails.
  database.exec('PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF');
  const { pairs } = database.prepare('select count(*) as pairs from pair').get() as { pairs: number };
  const step = Math.max(1, Math.floor(links / pairs));
  database.exec(`
    update pair set id = -id * ${step};
    update pair set id = -id`);
  const one = database.prepare(`select * from pair where pair = 'case' and state = 'inStep' limit 1`).get();
  if (one === undefined) throw new Error('The store has no case that is in step.');
  const same = Object.keys(one).filter(
    (column) => !['id', 'salesforce_id', 'desk_id', 'link_id'].includes(column),
  );
  database.exec(`
    insert into pair (id, salesforce_id, desk_id, link_id, ${same.join(', ')})
    with recursive place (n) as (select 1 union all select n + 1 from place where n < ${links + step})
    select n, printf('5009Y%010dAAA', n), cast(100000000 + n as text), printf('a019Y%010dAAA', n),
      ${same.map((column) => `one.${column}`).join(', ')}
    from place cross join (select * from pair where id = ${Number(one['id'])}) as one
    where n not in (select id from pair where id <= ${links + step})
    limit ${Math.max(0, links - pairs)}`);
  database.exec('PRAGMA journal_mode=WAL');
  database.close();
}
