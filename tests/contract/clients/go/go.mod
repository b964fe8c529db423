module duolect/clients

go 1.24

require (
	github.com/alibabacloud-go/darabonba-openapi/v2 v2.2.2
	github.com/alibabacloud-go/ecs-20140526/v7 v7.6.0
	github.com/alibabacloud-go/tea v1.5.4
	github.com/alibabacloud-go/vpc-20160428/v6 v6.16.0
	github.com/aliyun/alibaba-cloud-sdk-go v1.63.107
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common v1.3.115
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/cvm v1.3.113
	github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/vpc v1.3.115
)

require (
	github.com/alibabacloud-go/alibabacloud-gateway-spi v0.0.5 // indirect
	github.com/alibabacloud-go/debug v1.0.1 // indirect
	github.com/alibabacloud-go/tea-utils/v2 v2.0.9 // indirect
	github.com/aliyun/credentials-go v1.4.5 // indirect
	github.com/clbanning/mxj/v2 v2.7.0 // indirect
	github.com/gorilla/websocket v1.5.3 // indirect
	github.com/jmespath/go-jmespath v0.4.0 // indirect
	github.com/json-iterator/go v1.1.12 // indirect
	github.com/modern-go/concurrent v0.0.0-20180306012644-bacd9c7ef1dd // indirect
	github.com/modern-go/reflect2 v1.0.2 // indirect
	github.com/opentracing/opentracing-go v1.2.1-0.20220228012449-10b1cf09e00b // indirect
	github.com/tjfoc/gmsm v1.4.1 // indirect
	golang.org/x/net v0.26.0 // indirect
	gopkg.in/ini.v1 v1.67.0 // indirect
)
