-- Looks for a value in one page of a hash, and removes the entry it finds if asked to.
-- KEYS[1] hash   ARGV[1] cursor   ARGV[2] value   ARGV[3] 1 to remove the entry, 0 to leave it
-- Returns {next cursor, 1 if found else 0}; the cursor is 0 after the last page.
local page = redis.call('HSCAN', KEYS[1], ARGV[1], 'COUNT', 1024)
local entries = page[2]
for i = 1, #entries, 2 do
    if entries[i + 1] == ARGV[2] then
        if ARGV[3] == '1' then
            redis.call('HDEL', KEYS[1], entries[i])
        end
        return {page[1], 1}
    end
end
return {page[1], 0}
