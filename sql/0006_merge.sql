-- A merged organisation stands for the one that it was merged into wherever its numbers are looked up.
CREATE UNIQUE INDEX org_merge_from ON org_merge (from_id);
