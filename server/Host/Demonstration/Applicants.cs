using System.Collections.Immutable;

namespace Orchestrator.Host.Demonstration;

/// <summary>Names of people and businesses that do not exist: put together from usual parts by throws of the dice.</summary>
static class Applicants
{
    static readonly ImmutableArray<string> Surnames = Words("王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 马 朱 胡 郭 何 高 林 罗 郑 梁 谢 宋 唐 许 韩 冯 邓 曹 彭 曾 萧 田 董 袁 潘 于 蒋 蔡 余 杜 叶 程 苏 魏 吕 丁 任 沈");

    static readonly ImmutableArray<string> Given = Words("秀兰 志强 建华 晓燕 丽娟 国庆 海涛 玉梅 文博 雪梅 立新 桂芳 思远 春生 佳琪 永福 美玲 子轩 红霞 俊杰 淑珍 浩然 月娥 庆丰 雨桐 振宇 凤英 家豪 静怡 明亮 翠花 宏伟 梦瑶 长河 慧敏 天佑 素琴 一鸣 巧云 光辉");

    static readonly ImmutableArray<string> Mongolian = Words("巴特尔 萨仁 乌云其木格 其其格 苏和 娜仁 格日勒 阿古拉 斯琴 特木尔 乌兰 朝鲁 塔娜 哈斯 宝音 高娃");

    static readonly ImmutableArray<string> Brands = Words("晨禾源 云溪里 恒润邦 金岭福 乐邻坊 青禾渡 瑞麦仓 盛川合 安泽立 长风驿 百味缘 和畅居 东篱记 启明舟 丰泽源 同德堂 锦程通 朗月湾 嘉木园 北辰星 惠民康 鼎新联 一品鲜 万顺达");

    static readonly ImmutableDictionary<string, ImmutableArray<string>> Places = new Dictionary<string, ImmutableArray<string>>
    {
        ["XA"] = Words("兴安盟 乌兰浩特市 突泉县 科右前旗"), ["AQ"] = Words("阿鲁科尔沁旗 天山镇"), ["CQ"] = Words("重庆 重庆江北"), ["NX"] = Words("银川 宁夏"), ["QS"] = Words("鞍山 千山区"),
    }.ToImmutableDictionary();

    static readonly ImmutableArray<string> AnyTrade = Words("商贸有限公司 科技有限公司");

    /// <summary>What applicants of an item are called behind their name, where any trade would look odd.</summary>
    static readonly ImmutableDictionary<string, ImmutableArray<string>> Trades = new (string Items, string Names)[]
    {
        ("XA-SJ-001 CQ-SJ-001 CQ-YJS-001 NX-SP-001 QS-SJ-001", "餐饮服务有限公司 餐饮管理有限公司 食品超市 小吃店 火锅店"),
        ("XA-SJ-002", "大药房有限公司 医药连锁有限公司"),
        ("XA-JT-001 CQ-JT-001 NX-JT-001", "物流有限公司 运输有限公司 供应链有限公司"),
        ("XA-RS-001 NX-RS-001 QS-RS-001", "人力资源服务有限公司 劳务服务有限公司"),
        ("XA-WJ-001 XA-WJ-002 NX-WJ-001 QS-WJ-001", "酒店管理有限公司 美容美发有限公司 宾馆 浴池 健身有限公司"),
        ("CQ-WJ-001", "口腔门诊部有限公司 中医诊所有限公司 康复医院有限公司"),
        ("CQ-XF-001 QS-XF-001", "影城有限公司 商业管理有限公司 文化娱乐有限公司"),
        ("CQ-ZJ-001", "房地产开发有限公司 置业有限公司"),
        ("CQ-CG-001 QS-ZJ-001", "市政工程有限公司 建筑工程有限公司"),
        ("CQ-CG-002", "广告传媒有限公司 商贸有限公司 餐饮服务有限公司"),
        ("AQ-LC-001", "林业专业合作社 生态建设有限公司"),
        ("QS-JY-001", "教育咨询有限公司 学前教育有限公司"),
    }.SelectMany(row => row.Items.Split(' ').Select(item => (item, Words(row.Names)))).ToImmutableDictionary(row => row.item, row => row.Item2);

    /// <summary>The name of a person who lives in the region.</summary>
    public static string Person(Dice dice, string region) =>
        region is "XA" or "AQ" && dice.OneIn(3) ? dice.Of(Mongolian) : dice.Of(Surnames) + dice.Of(Given);

    /// <summary>The name of a business that applies for the item.</summary>
    public static string Business(Dice dice, string region, string item) => dice.Of(Places[region]) + dice.Of(Brands) + dice.Of(Trades.GetValueOrDefault(item, AnyTrade));

    static ImmutableArray<string> Words(string text) => [.. text.Split(' ')];
}
