-- Reads a page of the elements that wait, in the order in which they are handed out.
-- KEYS[1] queue   ARGV[1] '' for the first page, else where the page before ended   ARGV[2] how many elements
-- Returns {where this page ends, or '' if it is the last, id, item, id...}.
local page, left = {''}, tonumber(ARGV[2])
local part, after = string.match(ARGV[1], '^(.)(.*)$')
local function show(entry)
    table.insert(page, entry[1])
    table.insert(page, itemOf(entry))
    left = left - 1
end
if part ~= 's' then -- among what was given back, and else in the stream
    local back = pending(part and '(' .. after or '-', '+', left, RETURNED) or {}
    if #back == left then
        page[1] = 'b' .. back[#back][1]
    end
    for _, each in ipairs(back) do
        local entry = entryAt(each[1])
        if entry then
            show(entry)
        end
    end
    if page[1] ~= '' then
        return page
    end
    after = lastDelivered()
end
local function precedes(one, other)
    local time, number = string.match(one, '(%d+)-(%d+)')
    local time2, number2 = string.match(other, '(%d+)-(%d+)')
    time, time2 = tonumber(time), tonumber(time2)
    return time < time2 or time == time2 and tonumber(number) < tonumber(number2)
end
local delivered = lastDelivered()
if precedes(after, delivered) then
    after = delivered
end
local entries = redis.call('XRANGE', KEYS[1], '(' .. after, '+', 'COUNT', left)
if #entries == left then
    page[1] = 's' .. entries[#entries][1]
end
for _, entry in ipairs(entries) do
    show(entry)
end
return page
