-- Looks for the first of the elements that wait with an item, and removes it if it is told to.
-- KEYS[1] queue   KEYS[2] mark of those who wait for room   ARGV[1] item   ARGV[2] 'remove' or ''
-- Returns {1}, or {0} if there is none.
local function found(entry)
    if not entry or itemOf(entry) ~= ARGV[1] then
        return false
    end
    if ARGV[2] == 'remove' then
        redis.call('XDEL', KEYS[1], entry[1])
        if kind == 'stream' and pending() then
            redis.call('XACK', KEYS[1], GROUP, entry[1])
        end
        if redis.call('DEL', KEYS[2]) == 1 then
            redis.pcall('PUBLISH', KEYS[1], '')
        end
    end
    return true
end
local from = '-'
while from do
    local some = pending(from, '+', 100, RETURNED) or {}
    for _, each in ipairs(some) do
        if found(entryAt(each[1])) then
            return {1}
        end
    end
    from = #some == 100 and '(' .. some[100][1]
end
from = '(' .. lastDelivered()
while from do
    local some = redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', 100)
    for _, entry in ipairs(some) do
        if found(entry) then
            return {1}
        end
    end
    from = #some == 100 and '(' .. some[100][1]
end
return {0}
