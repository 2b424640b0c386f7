-- Nothing to do: PostgreSQL keeps with each row which transaction wrote it, and that is the stamp here. One number would
-- be a row that all who accept somebody at the same time would have to wait for.
SELECT 1;
